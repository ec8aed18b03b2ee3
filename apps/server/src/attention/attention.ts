/** What deserves an operator's attention now, the most urgent first: agents that are out or nearly full, rules that can't work. */
import type { AttentionFound, AttentionFoundList } from "@switchboard/api/attention";
import type { AttentionFigures, ReadAttentionFigures } from "@switchboard/execution/attention-figures";
import type { IdleRule } from "@switchboard/control/idle-rules";
import type { Refusals } from "@switchboard/control/recent-refusals";
import type { TenantId } from "@switchboard/routing/ids";
import type { Plan } from "@switchboard/routing/plan";
import { fromRedis } from "../live-figures.ts";
import type { RuleFound } from "./rule-scan.ts";

/** More is no list that anybody works through. */
export const mostItems = 50;
/** Of rules that were never hit: any more are of the same kind. */
const mostIdleRules = 10;
/** So many are looked at that enough are left where each other finding is about one of them too. */
export const mostIdleRulesRead = mostItems + 1 + mostIdleRules + 1;
const nearCapacity = 0.9;

export type AttentionParts = {
  tenantId: TenantId;
  plan: () => Plan | undefined;
  redisDecides: () => boolean;
  readFigures: ReadAttentionFigures;
  rulesFound: (tenant: TenantId, plan: Plan) => Promise<RuleFound[]>;
  /** Rules that no call has ever matched. */
  idleRules: () => Promise<IdleRule[]>;
  /** By the webhook door. */
  refusals: () => Promise<Refusals>;
  /** The domain that is set otherwise at Cloudonix than it was connected; null: none. */
  drift: () => Promise<{ domain: string; since: number } | null>;
  /** When the configuration was changed last, milliseconds. */
  lastChangeAt: () => Promise<number | null>;
};

const isNear = (active: number, capacity: number | null): capacity is number =>
  capacity !== null && capacity > 0 && active >= capacity * nearCapacity;

const unwellIn = ({ agents }: Plan, { unwell }: AttentionFigures): AttentionFound[] =>
  unwell
    .toSorted((a, b) => b.since - a.since)
    .flatMap(({ agentId, health, since, ejectedUntil, cause }): AttentionFound[] => {
      const agent = agents.get(agentId);
      return agent?.enabled === true ? [{ kind: `agent_${health}`, agent, since, ejectedUntil, cause }] : [];
    });

const busyIn = ({ agents, tenant }: Plan, { active, tenantActive }: AttentionFigures): AttentionFound[] => {
  const found: AttentionFound[] = [];
  if (isNear(tenantActive, tenant.maxConcurrentCalls)) {
    found.push({ kind: "tenant_near_capacity", active: tenantActive, capacity: tenant.maxConcurrentCalls });
  }
  for (const [id, calls] of active) {
    const agent = agents.get(id);
    if (agent !== undefined && isNear(calls, agent.capacity)) {
      found.push({ kind: "agent_near_capacity", agent, active: calls, capacity: agent.capacity });
    }
  }
  return found;
};

/** Whose reason is not told already. */
const idleIn = ({ inbound }: Plan, idle: IdleRule[], found: RuleFound[]): AttentionFound[] => {
  const told = new Set(found.map(({ id }) => id));
  return idle.flatMap(({ id, since }): AttentionFound[] => {
    const rule = inbound.rules.get(id);
    return rule?.enabled === true && !told.has(id) ? [{ kind: "rule_never_hit", rule, since }] : [];
  });
};

export const createAttention =
  ({ tenantId, plan, redisDecides, readFigures, rulesFound, idleRules, refusals, drift, lastChangeAt }: AttentionParts) =>
  async (): Promise<AttentionFoundList> => {
    const of = plan();
    if (of === undefined) return { found: [], hasMore: false, quietSince: null, delayed: true };
    const [figures, rules, idle, refused, drifted, changedAt] = await Promise.all([
      // Without Redis what the plan shows is told all the same.
      fromRedis(redisDecides, () => readFigures(tenantId, mostItems + 1)).catch(() => null),
      rulesFound(tenantId, of),
      idleRules(),
      refusals(),
      drift(),
      lastChangeAt(),
    ]);
    const idleFound = idleIn(of, idle, rules);
    const found: AttentionFound[] = [
      ...(figures === null ? [] : [...unwellIn(of, figures), ...busyIn(of, figures)]),
      ...refused.recent.map((each): AttentionFound => ({ kind: "webhooks_refused", ...each })),
      ...(drifted === null ? [] : [{ kind: "cloudonix_drift" as const, ...drifted }]),
      ...rules.map(({ id, pattern, finding }): AttentionFound => ({ kind: "rule", rule: { id, pattern }, finding })),
      ...idleFound.slice(0, mostIdleRules),
    ];
    const isQuiet = figures !== null && found.length === 0;
    const changes = [figures?.lastChangeAt ?? null, refused.lastAt, changedAt].filter((at) => at !== null);
    return {
      found: found.slice(0, mostItems),
      hasMore: found.length > mostItems || idleFound.length > mostIdleRules,
      quietSince: isQuiet && changes.length > 0 ? Math.max(...changes) : null,
      delayed: figures === null,
    };
  };
