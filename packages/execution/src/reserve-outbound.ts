/** Counts an outbound call that is about to be placed, under the same caps as those that a claim lets through. */
import type { OutboundCaps } from "@switchboard/routing/claim";
import type { TenantId } from "@switchboard/routing/ids";
import { outboundCapsArgument } from "./arguments.ts";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { reserveReply } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("reserve-outbound");

export type ReserveOutbound = {
  /** `name`: unique for the call; `ringSeconds`: how long it may ring. Throws when Redis does not answer: then nobody may be called. */
  take(tenantId: TenantId, name: string, of: { caps: OutboundCaps; ringSeconds: number }): Promise<"no_epoch" | "taken" | "refused">;
  /** The minute's count stays. */
  giveBack(tenantId: TenantId, name: string): Promise<void>;
};

export function createReserveOutbound(redis: RedisClient, clock?: TestClock): ReserveOutbound {
  const run = async (tenantId: TenantId, name: string, caps: OutboundCaps, seconds: number | "") =>
    reserveReply(
      await runScript(redis, script, tenantScriptKeys(tenantId), [
        ...[clockArgument(clock), tenantId, name, outboundCapsArgument(caps), seconds],
      ]),
    );
  return {
    take: (tenantId, name, { caps, ringSeconds }) => run(tenantId, name, caps, ringSeconds),
    giveBack: async (tenantId, name) => void (await run(tenantId, name, { maxConcurrent: null, maxPerMinute: null }, "")),
  };
}
