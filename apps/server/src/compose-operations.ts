/** What people ask of calls and agents in operation: where a call would go, how an agent stands, and what they do about it. */
import type { TenantAccess } from "@switchboard/api/deps";
import { createAgentOperations } from "@switchboard/control/agent-operations";
import type { Agents } from "@switchboard/control/agents";
import type { Bound } from "@switchboard/control/change";
import { readDrift } from "@switchboard/control/cloudonix-drift";
import { callIdOf } from "@switchboard/control/ids";
import { readIdleRules } from "@switchboard/control/idle-rules";
import { readLastChange } from "@switchboard/control/last-change";
import { readDials } from "@switchboard/control/read-dials";
import { readRefusals } from "@switchboard/control/recent-refusals";
import { createReadAgentFigures } from "@switchboard/execution/agent-figures";
import { createReadAttentionFigures } from "@switchboard/execution/attention-figures";
import { createOperateAgent } from "@switchboard/execution/operate-agent";
import { createReadTargetFigures } from "@switchboard/execution/target-figures";
import { createReadTenantLoad } from "@switchboard/execution/tenant-load";
import type { TenantId } from "@switchboard/routing/ids";
import { createAgentStatus, createOperate } from "./agent-status.ts";
import { createAttention, mostIdleRulesRead, mostItems } from "./attention/attention.ts";
import { createIdleRules } from "./attention/idle-rules.ts";
import { createRuleScans } from "./attention/rule-scan.ts";
import type { ApiParts } from "./compose-api.ts";
import { createGroupDistribution } from "./group-distribution.ts";
import { createExplainCall } from "./simulation/explain-call.ts";
import { createSimulateCall } from "./simulation/simulate-call.ts";
import { createTenantLoad } from "./tenant-load.ts";

export const composeOperations = ({ config, redis, plans, engine }: Pick<ApiParts, "config" | "redis" | "plans" | "engine">) => {
  const planOf = (tenant: TenantId) => plans.tenants.byId(tenant)?.plan;
  const now = () => Date.now();
  const simulateCall = createSimulateCall({ planOf, foresee: engine.foresee, callIdOf, publicUrl: config.publicUrl, now });
  const deps = {
    readFigures: createReadAgentFigures(redis.jobs),
    operate: createOperateAgent(redis.jobs),
    redisDecides: engine.breaker.closed,
  };
  const readFigures = createReadTargetFigures(redis.jobs);
  const readAttention = createReadAttentionFigures(redis.jobs);
  const readLoad = createReadTenantLoad(redis.jobs);
  const rulesFound = createRuleScans(mostItems + 1);
  const idleRules = createIdleRules(now);
  return (
    bound: Bound,
    agents: Agents,
  ): Pick<TenantAccess, "simulate" | "callDecision" | "agentStatus" | "distribution" | "attention" | "load"> => {
    const { tenantId } = bound;
    const plan = () => planOf(tenantId);
    const { redisDecides } = deps;
    const operations = createAgentOperations(bound, createOperate(deps, tenantId, plan));
    return {
      callDecision: createExplainCall({ database: bound.database, tenantId, plan }),
      simulate: (input) => simulateCall(tenantId, input),
      agentStatus: createAgentStatus({ deps, tenantId, plan, agents, operations }),
      distribution: createGroupDistribution({
        ...{ tenantId, plan, redisDecides, readFigures, now },
        readDials: (windows, nowMs) => readDials(bound.database, tenantId, { windows, nowMs }),
      }),
      attention: createAttention({
        ...{ tenantId, plan, redisDecides, readFigures: readAttention, rulesFound },
        idleRules: () => idleRules(tenantId, () => readIdleRules(bound.database, tenantId, { most: mostIdleRulesRead, nowMs: now() })),
        refusals: () => readRefusals(bound.database, tenantId, now()).catch(() => ({ recent: [], lastAt: null })),
        drift: () => readDrift(bound.database, tenantId).catch(() => null),
        lastChangeAt: () => readLastChange(bound.database, tenantId).catch(() => null),
      }),
      load: createTenantLoad({ tenantId, plan, redisDecides, readLoad }),
    };
  };
};
