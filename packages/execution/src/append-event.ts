/** Writes into the journal what an operator did, so that it has an id to resume from and comes in order with all else. */
import type { TenantId } from "@switchboard/routing/ids";
import type { JournalEvent } from "@switchboard/routing/journal-event";
import { jsonMembers } from "./arguments.ts";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { clockArgument, loadScript, runScript } from "./script.ts";

const script = loadScript("append-event");

type Without<Event, Key extends PropertyKey> = Event extends unknown ? Omit<Event, Key> : never;

/** When it happened is written by Redis's clock. */
export type OperatorEvent = Without<
  Extract<JournalEvent, { type: "agent_switched" | "rule_changed" | "number_erased" }>,
  "tenantId" | "at"
>;

export type AppendEvent = (tenantId: TenantId, event: OperatorEvent) => Promise<void>;

/** Throws when Redis does not answer in time: the event may stand all the same. */
export function createAppendEvent(redis: RedisClient): AppendEvent {
  return async (tenantId, event) => {
    await runScript(redis, script, tenantScriptKeys(tenantId), [clockArgument(undefined), tenantId, jsonMembers(event)]);
  };
}
