/** What Redis knows at one moment of many groups: their members' health and load, and the calls on the line through each. Asking changes nothing. */
import type { AgentId, TargetId, TenantId } from "@switchboard/routing/ids";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { targetFiguresReply, type TargetFigures } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("target-figures");

export type TargetsAsked = { agentIds: readonly AgentId[]; targetIds: readonly TargetId[]; windowHoursInUse: readonly number[] };

/** No id may be named twice. */
export type ReadTargetFigures = (tenantId: TenantId, asked: TargetsAsked) => Promise<TargetFigures>;

export function createReadTargetFigures(redis: RedisClient, clock?: TestClock): ReadTargetFigures {
  return async (tenantId, { agentIds, targetIds, windowHoursInUse }) => {
    const args = [clockArgument(clock), tenantId, windowHoursInUse.join(","), agentIds.length, ...agentIds, ...targetIds];
    return targetFiguresReply(await runScript(redis, script, tenantScriptKeys(tenantId), args), agentIds, targetIds);
  };
}
