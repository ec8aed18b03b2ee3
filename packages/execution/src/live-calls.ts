/** The calls of a tenant that are on the line now, as one instant's picture that the journal continues. */
import type { Decision } from "@switchboard/routing/decision";
import type { CallState } from "@switchboard/routing/evidence";
import { type CallId, callId, type TenantId } from "@switchboard/routing/ids";
import type { CallFacts } from "@switchboard/routing/journal-event";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("live-calls");

type LiveState = {
  facts: CallFacts;
  state: CallState;
  /** The newest step; 0 while nothing was decided. */
  step: number;
  decision: Decision | null;
  /** It holds an agent's capacity. */
  leased: boolean;
  /** First seen, milliseconds since the epoch. */
  startedAt: number;
  answeredAt: number | null;
  degraded: boolean;
};

export type LiveCall = LiveState & { callId: CallId };

/** `cursor` is the journal's last id at that instant: entries behind it change the picture. */
export type LiveCalls = { calls: LiveCall[]; cursor: string };

export type ReadLiveCalls = (tenantId: TenantId) => Promise<LiveCalls>;

/** Null: it is not on the line. */
export type ReadLiveCall = (tenantId: TenantId, id: CallId) => Promise<LiveCall | null>;

export function createReadLiveCall(redis: RedisClient, clock?: TestClock): ReadLiveCall {
  const read = createRead(redis, clock);
  return async (tenantId, id) => (await read(tenantId, id)).calls[0] ?? null;
}

export function createReadLiveCalls(redis: RedisClient, clock?: TestClock): ReadLiveCalls {
  const read = createRead(redis, clock);
  return (tenantId) => read(tenantId, "");
}

function createRead(redis: RedisClient, clock?: TestClock) {
  return async (tenantId: TenantId, only: CallId | ""): Promise<LiveCalls> => {
    const reply = await runScript(redis, script, tenantScriptKeys(tenantId), [clockArgument(clock), tenantId, only]);
    if (!Array.isArray(reply) || !Array.isArray(reply[1])) throw new Error("Redis script live-calls answered no picture");
    const texts: string[] = reply[1];
    const calls: LiveCall[] = [];
    for (let index = 0; index < texts.length; index += 2) {
      const state: LiveState = JSON.parse(texts[index + 1] ?? "");
      calls.push({ ...state, callId: callId(texts[index] ?? "") });
    }
    return { calls, cursor: String(reply[0]) };
  };
}
