/** Which part of a group's calls each member should get now, by its strategy, and that in words. */
import { withoutBlocked } from "./choose.ts";
import { explainMembers, type MemberStanding, type TenantLoad } from "./member-standing.ts";
import type { Strategy } from "./plan-source.ts";

export type ShareMember = { standing: MemberStanding; priority: number; weight: number };

export type SharingGroup = {
  strategy: Strategy;
  windowHours: number;
  members: readonly ShareMember[];
  /** Members take calls by other ways too, which count where load is balanced. */
  isShared: boolean;
};

export type Moment = { tenant: TenantLoad; nowMs: number };

/** In the order of the members; a share is a part of 1, null where nobody can be chosen. `why`: null for a member that is available. */
export type TargetShares = { words: string; shares: (number | null)[]; whys: (string | null)[] };

const hasNoCapacity = ({ agentCapacity, memberCapacity }: MemberStanding): boolean => agentCapacity === 0 || memberCapacity === 0;

/** By weight among those chosen; the others get none. */
const byWeight = (members: readonly ShareMember[], chosen: ReadonlySet<ShareMember>): (number | null)[] => {
  const total = [...chosen].reduce((sum, { weight }) => sum + weight, 0);
  return members.map((member) => (total === 0 ? null : chosen.has(member) ? member.weight / total : 0));
};

/** Enabled, allowed by health, and with any capacity at all. */
const eligibleOf = (members: readonly ShareMember[]): ShareMember[] => {
  const enabled = members.filter(({ standing }) => standing.enabled);
  return withoutBlocked(enabled.map((member) => ({ member, standing: { ...member.standing, ejectedAt: member.standing.since } })))
    .map(({ member }) => member)
    .filter(({ standing }) => !hasNoCapacity(standing));
};

const nobody = "Nobody here can be chosen at present: calls go to the fallback.";

const inRotation = (chosen: readonly ShareMember[]): string =>
  new Set(chosen.map(({ weight }) => weight)).size > 1 ? "by weight" : "in equal parts";

const tierWords = (tier: number, first: number, chosen: readonly ShareMember[]): string => {
  const shared = chosen.length > 1 ? `, shared ${inRotation(chosen)}` : "";
  return tier === first
    ? `Priority ${tier} takes every call${shared}.`
    : `Priority ${first} can’t take calls at present: priority ${tier} takes every call${shared}.`;
};

export const targetShares = ({ strategy, windowHours, members, isShared }: SharingGroup, moment: Moment): TargetShares => {
  const explained = explainMembers(
    members.map(({ standing }) => standing),
    moment,
  );
  const whys = explained.map(({ why }) => why);
  const eligible = eligibleOf(members);
  if (members.length === 0) return { words: "The group has no members: calls go to the fallback.", shares: [], whys };
  if (eligible.length === 0) return { words: nobody, shares: members.map(() => null), whys };
  switch (strategy) {
    case "round_robin":
      return { words: `Calls rotate ${inRotation(eligible)}.`, shares: byWeight(members, new Set(eligible)), whys };
    case "load_balanced": {
      const elsewhere = isShared
        ? " Calls that members get by other ways count too, so that the parts of this group alone may differ."
        : "";
      const words = `Calls of the last ${windowHours} h are levelled ${inRotation(eligible)}.${elsewhere}`;
      return { words, shares: byWeight(members, new Set(eligible)), whys };
    }
    case "priority": {
      const available = members.filter((_, index) => whys[index] === null);
      const [tier, first] = [available, members.filter(({ standing }) => standing.enabled)].map((some) =>
        Math.min(...some.map(({ priority }) => priority)),
      );
      if (available.length === 0 || tier === undefined || first === undefined)
        return { words: nobody, shares: members.map(() => null), whys };
      const chosen = available.filter(({ priority }) => priority === tier);
      return { words: tierWords(tier, first, chosen), shares: byWeight(members, new Set(chosen)), whys };
    }
  }
};
