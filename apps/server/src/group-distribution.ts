/** How the calls of groups fell to their members: the plan says who they are, Redis how they stand, MySQL what each was given. */
import type { GroupDistribution, GroupDistributionPage, GroupDistributionQuery } from "@switchboard/api/schemas/group-distribution";
import { ControlError } from "@switchboard/control/control-error";
import { fitting, pageOf, readCursor } from "@switchboard/control/keyset";
import type { DialWindow, GivenCalls } from "@switchboard/control/read-dials";
import type { ReadTargetFigures } from "@switchboard/execution/target-figures";
import { groupId, type TenantId } from "@switchboard/routing/ids";
import type { MemberStanding } from "@switchboard/routing/member-standing";
import type { Plan } from "@switchboard/routing/plan";
import type { CompiledGroup, CompiledMember } from "@switchboard/routing/plan-source";
import { targetShares } from "@switchboard/routing/target-share";
import { useCountOf } from "@switchboard/routing/use-counts";
import { z } from "zod";
import { fromRedis } from "./live-figures.ts";

export type DistributionParts = {
  tenantId: TenantId;
  plan: () => Plan | undefined;
  redisDecides: () => boolean;
  readFigures: ReadTargetFigures;
  readDials: (windows: readonly DialWindow[], nowMs: number) => Promise<Map<string, GivenCalls>>;
  now: () => number;
};

type Figures = Awaited<ReturnType<ReadTargetFigures>>;

/** Of one page, but for the first group: calls wait while they are read, a few milliseconds at most. */
const mostMembers = 250;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const standingOf = (group: CompiledGroup, member: CompiledMember, { agents, activeThrough }: Figures): MemberStanding => {
  const figure = agents.get(member.agentId);
  return {
    ...{ agentId: member.agentId, enabled: member.enabled },
    ...{ agentCapacity: member.agentCapacity, memberCapacity: member.memberCapacity },
    ...{ agentActive: figure?.activeCalls ?? 0, memberActive: activeThrough.get(group.id)?.get(member.agentId) ?? 0 },
    ...{ health: figure?.health ?? "healthy", since: figure?.since ?? 0, ejectedUntil: figure?.ejectedUntil ?? 0 },
    callsInWindow: figure?.callsInWindow[group.settings.windowHours] ?? 0,
    startCredit: 0,
  };
};

type Read = { plan: Plan; figures: Figures; given: GivenCalls | undefined; nowMs: number };

const sharesOf = (group: CompiledGroup, { plan, figures, nowMs }: Read) => {
  const members = group.members.map((member) => ({ ...member, standing: standingOf(group, member, figures) }));
  const isShared = group.members.some(({ agentId }) => {
    const uses = useCountOf(plan, agentId);
    return uses.groups > 1 || uses.rules > 0;
  });
  const tenant = { capacity: plan.tenant.maxConcurrentCalls, active: figures.tenantActive };
  const sharing = { strategy: group.strategy, windowHours: group.settings.windowHours, members, isShared };
  return { members, ...targetShares(sharing, { tenant, nowMs }) };
};

const distributionOf = (group: CompiledGroup, read: Read): GroupDistribution => {
  const { plan, figures, given, nowMs } = read;
  const { members, words, shares, whys } = sharesOf(group, read);
  const callsOf = (id: CompiledMember["agentId"]) => given?.calls.get(id) ?? 0;
  const calls = members.reduce((sum, { agentId }) => sum + callsOf(agentId), 0);
  const allCalls = [...(given?.calls.values() ?? [])].reduce((sum, some) => sum + some, 0);
  return {
    ...{ id: group.id, name: group.name, strategy: group.strategy, windowHours: group.settings.windowHours },
    ...{ since: new Date(given?.since ?? nowMs).toISOString(), calls, callsToFormerMembers: allCalls - calls, targetWords: words },
    members: members.map(({ agentId, enabled, priority, weight, standing }, index) => {
      const [agent, change] = [plan.agents.get(agentId), figures.agents.get(agentId)?.healthChange];
      return {
        ...{ agentId, name: agent?.name ?? "", provider: agent?.provider ?? "", enabled },
        ...{ health: standing.health, cause: change?.cause ?? null, healthSince: iso(change?.at ?? null) },
        ejectedUntil: standing.health === "ejected" ? iso(standing.ejectedUntil) : null,
        ...{ available: (whys[index] ?? null) === null, why: whys[index] ?? null },
        ...{ activeCalls: standing.agentActive, capacity: standing.agentCapacity },
        ...{ activeInGroup: standing.memberActive, capacityInGroup: standing.memberCapacity, priority, weight },
        ...{ calls: callsOf(agentId), share: calls === 0 ? null : callsOf(agentId) / calls, targetShare: shares[index] ?? null },
      };
    }),
  };
};

const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Those that follow the cursor, by name, as many as a page may show and one more. */
const pageOfPlan = ({ groups }: Plan, { limit, cursor, search, ids }: GroupDistributionQuery) => {
  const after = readCursor(z.string(), cursor);
  const [wanted, part] = [ids && new Set<string>(ids), search?.toLowerCase() ?? ""];
  const behind = [...groups.values()]
    .map((group) => ({ group, key: group.name.toLowerCase() }))
    .filter(({ group, key }) => (wanted?.has(group.id) ?? true) && key.includes(part) && (after === null || key > after))
    .sort((a, b) => compareNames(a.key, b.key));
  const fits = fitting(
    behind.slice(0, limit).map(({ group }) => group.members.length),
    { limit, most: mostMembers },
  );
  return pageOf(behind.slice(0, fits + 1), fits, { keyOf: ({ key }) => key, shown: ({ group }) => group });
};

export const createGroupDistribution = ({ tenantId, plan, redisDecides, readFigures, readDials, now }: DistributionParts) => {
  const read = async (of: Plan, groups: readonly CompiledGroup[]): Promise<GroupDistribution[]> => {
    const nowMs = now();
    const agentIds = [...new Set(groups.flatMap(({ members }) => members.map(({ agentId }) => agentId)))];
    const targetIds = groups.map(({ id }) => id);
    const [figures, given] = await Promise.all([
      fromRedis(redisDecides, () => readFigures(tenantId, { agentIds, targetIds, windowHoursInUse: of.windowHoursInUse })),
      readDials(
        groups.map(({ id, settings }) => ({ targetId: id, windowHours: settings.windowHours })),
        nowMs,
      ),
    ]);
    return groups.map((group) => distributionOf(group, { plan: of, figures, given: given.get(group.id), nowMs }));
  };
  return {
    /** By name. Throws ControlError `unavailable`. */
    list: async (query: GroupDistributionQuery): Promise<GroupDistributionPage> => {
      const of = plan();
      if (of === undefined) return { items: [], nextCursor: null };
      const { items, nextCursor } = pageOfPlan(of, query);
      return { items: await read(of, items), nextCursor };
    },
    /** Throws ControlError `not_found`, `unavailable`. */
    get: async (id: string): Promise<GroupDistribution> => {
      const of = plan();
      const group = of?.groups.get(groupId(id));
      const [found] = of && group ? await read(of, [group]) : [];
      if (found === undefined) throw new ControlError("not_found", "There is no such group.");
      return found;
    },
  };
};
