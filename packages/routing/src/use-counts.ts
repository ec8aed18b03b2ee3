/** How many groups and inbound rules of a plan use each agent: counted once for each version of a plan. */
import type { AgentId } from "./ids.ts";
import type { Plan } from "./plan.ts";
import type { Fallback } from "./plan-source.ts";

/** As members, targets or fallbacks. */
export type UseCount = { groups: number; rules: number };

const agentOf = (fallback: Fallback): AgentId | null => (fallback?.type === "voice_agent" ? fallback.targetId : null);

const countUses = ({ groups, inbound }: Plan): Map<AgentId, UseCount> => {
  const counts = new Map<AgentId, UseCount>();
  const add = (kind: keyof UseCount, used: AgentId) => {
    const count = counts.get(used) ?? { groups: 0, rules: 0 };
    count[kind] += 1;
    counts.set(used, count);
  };
  for (const { members, fallback } of groups.values()) {
    const used = new Set(members.map(({ agentId }) => agentId));
    const end = agentOf(fallback);
    for (const id of end === null ? used : used.add(end)) add("groups", id);
  }
  for (const { target, fallback } of inbound.rules.values()) {
    const end = agentOf(fallback);
    if (target.type === "voice_agent") add("rules", target.id);
    if (end !== null && end !== target.id) add("rules", end);
  }
  return counts;
};

const counted = new WeakMap<Plan, { version: number; counts: Map<AgentId, UseCount> }>();

export const useCountOf = (plan: Plan, id: AgentId): UseCount => {
  const known = counted.get(plan);
  const { counts } = known?.version === plan.version ? known : { counts: countUses(plan) };
  if (known?.version !== plan.version) counted.set(plan, { version: plan.version, counts });
  return counts.get(id) ?? { groups: 0, rules: 0 };
};
