/** How many groups and inbound rules of a plan use each agent and group: counted once for each version of a plan. */
import type { AgentId, TargetId } from "./ids.ts";
import type { Plan } from "./plan.ts";
import type { Fallback } from "./plan-source.ts";

/** As members, targets or fallbacks. */
export type UseCount = { groups: number; rules: number };

const targetOf = (fallback: Fallback): TargetId | null =>
  fallback?.type === "voice_agent" || fallback?.type === "agent_group" ? fallback.targetId : null;

const countUses = ({ groups, inbound }: Plan): Map<TargetId, UseCount> => {
  const counts = new Map<TargetId, UseCount>();
  const add = (kind: keyof UseCount, used: TargetId) => {
    const count = counts.get(used) ?? { groups: 0, rules: 0 };
    count[kind] += 1;
    counts.set(used, count);
  };
  for (const { members, fallback } of groups.values()) {
    const used = new Set<TargetId>(members.map(({ agentId }) => agentId));
    const end = targetOf(fallback);
    for (const id of end === null ? used : used.add(end)) add("groups", id);
  }
  for (const { target, fallback } of inbound.rules.values()) {
    add("rules", target.id);
    const end = targetOf(fallback);
    if (end !== null && end !== target.id) add("rules", end);
  }
  return counts;
};

const counted = new WeakMap<Plan, { version: number; counts: Map<TargetId, UseCount> }>();

export const useCountOf = (plan: Plan, id: AgentId): UseCount => {
  const known = counted.get(plan);
  const { counts } = known?.version === plan.version ? known : { counts: countUses(plan) };
  if (known?.version !== plan.version) counted.set(plan, { version: plan.version, counts });
  return counts.get(id) ?? { groups: 0, rules: 0 };
};
