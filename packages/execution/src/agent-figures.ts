/** What Redis knows of agents at this moment: health, calls on the line, calls in the window. Asking changes nothing. */
import type { AgentId, TenantId } from "@switchboard/routing/ids";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { type AgentFigure, agentFigureReply } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("agent-figures");

/** `windowHoursInUse`: the plan's; without them each agent's window is as its last call left it. */
export type ReadAgentFigures = (
  tenantId: TenantId,
  agentIds: readonly AgentId[],
  windowHoursInUse?: readonly number[],
) => Promise<Map<AgentId, AgentFigure>>;

/** An agent that never had a call is healthy with zeros. */
export function createReadAgentFigures(redis: RedisClient, clock?: TestClock): ReadAgentFigures {
  return async (tenantId, agentIds, windowHoursInUse = []) => {
    const args = [clockArgument(clock), tenantId, windowHoursInUse.join(","), ...agentIds];
    const reply = await runScript(redis, script, tenantScriptKeys(tenantId), args);
    if (!Array.isArray(reply)) throw new Error("Redis script agent-figures answered no list");
    return new Map(agentIds.map((id, index) => [id, agentFigureReply(reply[index])]));
  };
}
