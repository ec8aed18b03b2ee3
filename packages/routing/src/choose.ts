/** Which member of a target takes a call: eligible, then available, then the smallest by the strategy's criteria. */
import type { AgentId } from "./ids.ts";
import type { AgentHealth } from "./journal-event.ts";
import type { CompiledGroup, CompiledMember, Strategy } from "./plan-source.ts";

/** How a member stands at this moment. */
export type Standing = {
  /** All leases of the agent. */
  agentActive: number;
  /** Those taken through this target. */
  memberActive: number;
  health: AgentHealth;
  /** When it was ejected; kept while probing. */
  ejectedAt: number;
  /** Weight as it counts now. */
  weight: number;
  callsInWindow: number;
  effectivePass: number;
};

export type Choice =
  | { kind: "picked"; member: CompiledMember; tier: number; weight: number; leastFresh: number }
  | { kind: "none_eligible" }
  | { kind: "full"; by: "tenant" | "agents" };

export type Choosing = {
  group: CompiledGroup;
  standingOf: (member: CompiledMember) => Standing;
  tried: ReadonlySet<AgentId>;
  isTenantFull: boolean;
};

export const tierOf = (strategy: Strategy, member: CompiledMember): number => (strategy === "priority" ? member.priority : 0);

type Candidate = { member: CompiledMember; standing: Standing; tier: number };

/** Of the blocked at most half of the enabled are skipped, the longest ejected first: a call that may fail beats a certain hang-up. */
export const withoutBlocked = <C extends { standing: Pick<Standing, "health" | "ejectedAt" | "agentActive"> }>(enabled: C[]): C[] => {
  const isBlocked = ({ standing }: C): boolean =>
    standing.health === "ejected" || (standing.health === "probing" && standing.agentActive > 0);
  const blocked = enabled.filter(isBlocked).sort((a, b) => a.standing.ejectedAt - b.standing.ejectedAt);
  const skipped = new Set(blocked.slice(0, Math.floor(enabled.length / 2)));
  return enabled.filter((candidate) => !skipped.has(candidate));
};

const isUnderCaps = ({ member, standing }: Candidate): boolean =>
  (member.agentCapacity === null || standing.agentActive < member.agentCapacity) &&
  (member.memberCapacity === null || standing.memberActive < member.memberCapacity);

/** Negative when `a` takes the call before `b`; equal ones stay in the members' order. Ratios are compared crosswise, exactly. */
const compareBy =
  (strategy: Strategy) =>
  (a: Candidate, b: Candidate): number => {
    const byPass = a.standing.effectivePass - b.standing.effectivePass;
    switch (strategy) {
      case "round_robin":
        return byPass;
      case "priority":
        return a.tier - b.tier || byPass;
      case "load_balanced":
        return a.standing.callsInWindow * b.standing.weight - b.standing.callsInWindow * a.standing.weight || byPass;
    }
  };

export const chooseMember = ({ group, standingOf, tried, isTenantFull }: Choosing): Choice => {
  const enabled = group.members
    .filter((member) => member.enabled)
    .map((member): Candidate => ({ member, standing: standingOf(member), tier: tierOf(group.strategy, member) }));
  const allowed = withoutBlocked(enabled);
  const eligible = allowed.filter(({ member }) => !tried.has(member.agentId));
  if (eligible.length === 0) return { kind: "none_eligible" };
  if (isTenantFull) return { kind: "full", by: "tenant" };
  const [best] = eligible.filter(isUnderCaps).sort(compareBy(group.strategy));
  if (best === undefined) return { kind: "full", by: "agents" };
  const fresh = allowed.filter((candidate) => candidate.tier === best.tier && isUnderCaps(candidate));
  const leastFresh = Math.min(...fresh.map(({ standing }) => standing.effectivePass));
  return { kind: "picked", member: best.member, tier: best.tier, weight: best.standing.weight, leastFresh };
};
