/** A tenant's configuration compiled: what every call is decided from, in memory, without a question to any store. */
import type { ChainLink } from "./decision.ts";
import type { AgentId, GroupId, RuleId } from "./ids.ts";
import { addOutboundRule, createOutboundIndex, fileOutboundRule, type OutboundIndex, removeOutboundRule } from "./outbound-index.ts";
import { parsePrefix } from "./pattern.ts";
import { changeUnder, createPatternMap, type PatternMap } from "./pattern-map.ts";
import type {
  AgentConfig,
  CompiledGroup,
  CompiledMember,
  GroupConfig,
  MemberConfig,
  PlanSource,
  RuleChange,
  TenantConfig,
} from "./plan-source.ts";
import { inSlices, ruleChanges } from "./rule-changes.ts";
import { addInboundRule, createInboundIndex, fileInboundRule, type InboundIndex, removeInboundRule } from "./rule-index.ts";

export type Plan = {
  tenant: TenantConfig;
  version: number;
  agents: Map<AgentId, AgentConfig>;
  groups: Map<GroupId, CompiledGroup>;
  /** Of the groups that balance load, ascending; a day where there are none, so that every agent has a figure. */
  windowHoursInUse: number[];
  inbound: InboundIndex;
  outbound: OutboundIndex;
  /** Where no call may be sent, each under what it denies. */
  denied: PatternMap<string>;
  /** Agents that are targets themselves, made when first asked for and the same object ever after. */
  groupsOfOne: Map<AgentId, CompiledGroup>;
  /** Where calls go by a rule, made when first asked for: calls of one rule are known by the same object until it is edited. */
  chains: Map<RuleId, ChainLink[]>;
};

const defaultSettings: CompiledGroup["settings"] = {
  windowHours: 24,
  newMemberStart: "level",
  ringSeconds: 20,
  maxAttempts: 3,
  maxTotalSeconds: 65,
  maxCallSeconds: 14_400,
};

type Agents = Map<AgentId, AgentConfig>;

const compileMember = (member: MemberConfig, agent: AgentConfig): CompiledMember => ({
  agentId: member.agentId,
  position: member.position,
  priority: member.priority,
  weight: member.weight,
  memberCapacity: member.capacity,
  agentCapacity: agent.capacity,
  enabled: member.enabled && agent.enabled,
});

export const compileGroup = (group: GroupConfig, agents: Agents): CompiledGroup => {
  const { windowHours, newMemberStart, ringSeconds, maxAttempts, maxTotalSeconds, maxCallSeconds } = group.settings;
  const members = group.members.flatMap((member) => {
    const agent = agents.get(member.agentId);
    return agent === undefined ? [] : [compileMember(member, agent)];
  });
  members.sort((a, b) => a.position - b.position || (a.agentId < b.agentId ? -1 : 1));
  return {
    id: group.id,
    name: group.name,
    strategy: group.strategy,
    settings: {
      windowHours: windowHours ?? defaultSettings.windowHours,
      newMemberStart: newMemberStart ?? defaultSettings.newMemberStart,
      ringSeconds: ringSeconds ?? defaultSettings.ringSeconds,
      maxAttempts: maxAttempts ?? defaultSettings.maxAttempts,
      maxTotalSeconds: maxTotalSeconds ?? defaultSettings.maxTotalSeconds,
      maxCallSeconds: maxCallSeconds ?? defaultSettings.maxCallSeconds,
    },
    fallback: group.fallback,
    members,
  };
};

/** An agent as a target of its own: a group of one, without caps, fallback or settings beside the agent's; null for one not in the plan. */
export const groupOfOne = (plan: Plan, id: AgentId): CompiledGroup | null => {
  const made = plan.groupsOfOne.get(id);
  if (made !== undefined) return made;
  const agent = plan.agents.get(id);
  if (agent === undefined) return null;
  const member = compileMember({ agentId: id, position: 1, priority: 1, weight: 1, capacity: null, enabled: true }, agent);
  const group: CompiledGroup = {
    id,
    name: agent.name,
    strategy: "round_robin",
    settings: defaultSettings,
    fallback: null,
    members: [member],
  };
  plan.groupsOfOne.set(id, group);
  return group;
};

/** The window lengths that a claim is told of. */
export const windowsOf = (groups: Iterable<CompiledGroup>): number[] => {
  const hours = new Set<number>();
  for (const group of groups) if (group.strategy === "load_balanced") hours.add(group.settings.windowHours);
  return hours.size === 0 ? [defaultSettings.windowHours] : [...hours].sort((a, b) => a - b);
};

/** At most 500 entries; one that saving would have refused denies nothing. */
const deniedBy = ({ outboundPolicy, country }: TenantConfig): PatternMap<string> => {
  const denied = createPatternMap<string>();
  for (const entry of outboundPolicy?.deny ?? []) {
    const parsed = parsePrefix(entry, country);
    if (parsed.ok) changeUnder(denied, parsed.prefix, () => entry);
  }
  return denied;
};

/** In a process that has just started, a rule takes twenty times as long as later on. */
const rulesPerSlice = 10;

type RuleIndexes = Pick<Plan, "inbound" | "outbound">;
/** A plan's rules, and what is derived of each. */
type PatchedRules = Pick<Plan, "inbound" | "outbound" | "chains">;

function* indexRules(source: PlanSource, sliceSize: number): Generator<void, RuleIndexes> {
  const inbound = createInboundIndex(source.tenant.country, source.inboundRules);
  const outbound = createOutboundIndex(source.tenant.country, source.outboundRules);
  yield* inSlices(inbound.rules.values(), sliceSize, (rule) => fileInboundRule(inbound, rule));
  yield* inSlices(outbound.rules.values(), sliceSize, (rule) => fileOutboundRule(outbound, rule));
  return { inbound, outbound };
}

/** Where little has changed, the rules of the plan before are patched in place in the last slice: that plan must be given up for this one. */
function* rulesSince(before: Plan, source: PlanSource, sliceSize: number): Generator<void, RuleIndexes> {
  const changes = before.tenant.country === source.tenant.country ? yield* ruleChanges(before, source, sliceSize) : null;
  if (changes === null) return yield* indexRules(source, sliceSize);
  for (const change of changes) patchRules(before, change);
  return { inbound: before.inbound, outbound: before.outbound };
}

/**
 * Yields after every `sliceSize` rules or groups, so that whoever drives it can let other work in between. The source's rules become
 * the plan's own. `before` is the tenant's plan so far, patched by nobody else in the meantime.
 */
export function* compilePlanInSlices(
  source: PlanSource,
  sliceSize: number = rulesPerSlice,
  before: Plan | null = null,
): Generator<void, Plan> {
  const agents: Agents = new Map(source.agents.map((agent) => [agent.id, agent]));
  const groups = new Map<GroupId, CompiledGroup>();
  let done = 0;
  for (const group of source.groups) {
    groups.set(group.id, compileGroup(group, agents));
    done += 1 + group.members.length;
    if (done >= sliceSize) yield void (done = 0);
  }
  const rules = yield* before === null ? indexRules(source, sliceSize) : rulesSince(before, source, sliceSize);
  const { tenant, version } = source;
  const compiled = { agents, groups, windowHoursInUse: windowsOf(groups.values()), denied: deniedBy(tenant) };
  return { tenant, version, ...compiled, ...rules, groupsOfOne: new Map(), chains: new Map() };
}

export const compilePlan = (source: PlanSource): Plan => {
  const slices = compilePlanInSlices(source);
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
  }
};

const patchRules = ({ inbound, outbound, chains }: PatchedRules, change: RuleChange): void => {
  chains.delete(change.id);
  switch (change.kind) {
    case "inbound":
      removeInboundRule(inbound, change.id);
      if (change.rule !== null) addInboundRule(inbound, change.rule);
      return;
    case "outbound":
      removeOutboundRule(outbound, change.id);
      if (change.rule !== null) addOutboundRule(outbound, change.rule);
  }
};

/** Applies one rule's edit to the plan in place, and gives it its new version. */
export const patchPlan = (plan: Plan, change: RuleChange, version: number): Plan => {
  plan.version = version;
  patchRules(plan, change);
  return plan;
};
