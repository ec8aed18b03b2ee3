/** What operators do to an agent in operation: eject it, restore it, have its counters start anew. Each is one script. */
import type { AgentId, TargetId, TenantId } from "@switchboard/routing/ids";
import type { AgentHealth } from "@switchboard/routing/journal-event";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { operateAgentReply } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("operate-agent");

export type AgentVerb = "eject" | "restore" | "reset_counters";

/** `targets`: those that it is a member of, itself included. */
export type OperateAgentRequest = { tenantId: TenantId; agentId: AgentId; verb: AgentVerb; targets: readonly TargetId[] };

/** Null while Redis lacks its figures (it was wiped). Throws when it does not answer. */
export type OperateAgent = (request: OperateAgentRequest) => Promise<{ before: AgentHealth; after: AgentHealth } | null>;

export function createOperateAgent(redis: RedisClient, clock?: TestClock): OperateAgent {
  return async ({ tenantId, agentId, verb, targets }) => {
    const args = [clockArgument(clock), tenantId, agentId, verb, ...targets];
    return operateAgentReply(await runScript(redis, script, tenantScriptKeys(tenantId), args));
  };
}
