/** How many groups and inbound rules of a plan use each agent: counted once for each version of a plan. */
import type { AgentId } from "./ids.ts";
import type { Plan } from "./plan.ts";
import { fallbackTarget } from "./rule-ways.ts";

/** As members, targets or fallbacks. */
export type UseCount = { groups: number; rules: number };

const countUses = ({ groups, inbound }: Plan): Map<AgentId, UseCount> => {
  const counts = new Map<AgentId, UseCount>();
  const add = (kind: keyof UseCount, used: AgentId, by: number) => {
    const count = counts.get(used) ?? { groups: 0, rules: 0 };
    count[kind] += by;
    counts.set(used, count);
  };
  for (const { members, fallback } of groups.values()) {
    const used = new Set(members.map(({ agentId }) => agentId));
    const end = fallbackTarget(fallback);
    if (end?.type === "voice_agent") used.add(end.id);
    for (const id of used) add("groups", id, 1);
  }
  for (const { target, end, rules } of inbound.ways.values()) {
    if (target.type === "voice_agent") add("rules", target.id, rules);
    if (end?.type === "voice_agent" && end.id !== target.id) add("rules", end.id, rules);
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
