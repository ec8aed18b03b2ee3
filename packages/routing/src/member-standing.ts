/** How a target's members stand for a call that comes now, and in words why those who can't take it can't. */
import { withoutBlocked } from "./choose.ts";
import type { AgentId } from "./ids.ts";
import type { AgentHealth } from "./journal-event.ts";

export type MemberStanding = {
  agentId: AgentId;
  agentCapacity: number | null;
  memberCapacity: number | null;
  /** Member and agent both. */
  enabled: boolean;
  agentActive: number;
  memberActive: number;
  health: AgentHealth;
  /** Ejected at (kept while probing), ramping since, or healthy since; milliseconds. */
  since: number;
  ejectedUntil: number;
  /** Of the agent, over the group's window. */
  callsInWindow: number;
  /** What it was given to start level with the others; counts beside its calls. */
  startCredit: number;
};

export type TenantLoad = { capacity: number | null; active: number };

/** `why` is null for a member that is available. */
export type ExplainedMember = { standing: MemberStanding; why: string | null };

const isReached = (capacity: number | null, active: number): boolean => capacity !== null && active >= capacity;

const healthWords = ({ health, ejectedUntil }: MemberStanding, nowMs: number): string =>
  health === "ejected"
    ? `ejected for ${Math.max(0, Math.ceil((ejectedUntil - nowMs) / 1_000))} s more`
    : "probing: the one call it may have now is on the line";

type Moment = { tenant: TenantLoad; nowMs: number };

const whyNot = (standing: MemberStanding, isSkipped: boolean, { tenant, nowMs }: Moment): string | null => {
  const { enabled, agentCapacity, agentActive, memberCapacity, memberActive } = standing;
  if (!enabled) return "disabled";
  if (isSkipped) return healthWords(standing, nowMs);
  if (isReached(agentCapacity, agentActive)) return `at its capacity: ${agentActive} of ${agentCapacity} calls`;
  if (isReached(memberCapacity, memberActive)) return `at its capacity in this group: ${memberActive} of ${memberCapacity} calls`;
  if (isReached(tenant.capacity, tenant.active)) return `the tenant is at its capacity: ${tenant.active} of ${tenant.capacity} calls`;
  return null;
};

/** For a call that has tried nobody yet; by the rules of the choice itself. */
export const explainMembers = (members: readonly MemberStanding[], moment: Moment): ExplainedMember[] => {
  const enabled = members.filter((member) => member.enabled).map((standing) => ({ standing: { ...standing, ejectedAt: standing.since } }));
  const allowed = new Set(withoutBlocked(enabled).map(({ standing }) => standing.agentId));
  return members.map((standing) => ({ standing, why: whyNot(standing, standing.enabled && !allowed.has(standing.agentId), moment) }));
};
