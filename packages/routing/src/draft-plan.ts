/** A plan as it would be were some rules and groups saved: a copy for one question, the live plan stays as it is. */
import { type FallbackEdges, loopThrough } from "./fallback-loop.ts";
import { type AgentId, agentId, type GroupId, groupId, type RuleId, ruleId, type TargetId } from "./ids.ts";
import type { SimulationDraft } from "./input/simulation.ts";
import { addOutboundRule, createOutboundIndex } from "./outbound-index.ts";
import { rulesMet } from "./passed-over.ts";
import { parsePattern, parsePrefix } from "./pattern.ts";
import { compileGroup, type Plan, windowsOf } from "./plan.ts";
import type { CompiledGroup, Fallback, InboundRuleConfig, OutboundRuleConfig, RuleTarget } from "./plan-source.ts";
import type { RoutedCall } from "./route-call.ts";
import { addInboundRule, createInboundIndex } from "./rule-index.ts";

/** A field of the draft, as a path into it. */
export type DraftIssue = { path: (string | number)[]; message: string };

export type DraftPlan = { plan: Plan; issues: DraftIssue[] };

const mostMembers = 200;
const mostWindows = 3;

type List = keyof SimulationDraft;
type Draft<L extends List> = SimulationDraft[L][number];

/** As a saved one is named; a new one that nobody named is known by its place. */
const nameOf = (list: List, { id }: { id?: string | undefined }, place: number): string => id ?? `draft-${list}-${place + 1}`;

type Known = { agents: Plan["agents"]; groups: ReadonlyMap<GroupId, unknown> };

const targetOf = (targetType: "voice_agent" | "agent_group", targetId: string): RuleTarget =>
  targetType === "voice_agent" ? { type: "voice_agent", id: agentId(targetId) } : { type: "agent_group", id: groupId(targetId) };

const targetProblem = ({ agents, groups }: Known, { type, id }: RuleTarget): string | null => {
  if (type === "voice_agent") return agents.has(id) ? null : "There is no such agent.";
  return groups.has(id) ? null : "There is no such group.";
};

const fallbackIssues = (known: Known, fallback: Fallback): DraftIssue[] => {
  if (fallback?.type !== "voice_agent" && fallback?.type !== "agent_group") return [];
  const message = targetProblem(known, targetOf(fallback.type, fallback.targetId));
  return message === null ? [] : [{ path: ["fallback", "targetId"], message }];
};

const unreadable = (field: string, parsed: { ok: true } | { ok: false; message: string }): DraftIssue[] =>
  parsed.ok ? [] : [{ path: [field], message: parsed.message }];

const groupIssues = (known: Known, { members, fallback }: Draft<"groups">): DraftIssue[] => {
  const issue = (message: string): DraftIssue => ({ path: ["members"], message });
  const issues = fallbackIssues(known, fallback);
  if (members.length > mostMembers) issues.push(issue(`A group has at most ${mostMembers} members.`));
  if (new Set(members.map((member) => member.agentId)).size !== members.length) issues.push(issue("An agent is a member of a group once."));
  for (const [place, member] of members.entries()) {
    if (!known.agents.has(member.agentId)) issues.push({ path: ["members", place, "agentId"], message: "There is no such agent." });
  }
  return issues;
};

const inboundIssues = (known: Known, rule: Draft<"inboundRules">, country: string | null): DraftIssue[] => {
  const target = targetProblem(known, targetOf(rule.targetType, rule.targetId));
  return [
    ...unreadable("pattern", parsePattern(rule.pattern, country)),
    ...(rule.callerPattern === null ? [] : unreadable("callerPattern", parsePattern(rule.callerPattern, country))),
    ...(target === null ? [] : [{ path: ["targetId"], message: target }]),
    ...fallbackIssues(known, rule.fallback),
  ];
};

const outboundIssues = ({ prefix, callerIdPrefix }: Draft<"outboundRules">, country: string | null): DraftIssue[] => [
  ...unreadable("prefix", parsePrefix(prefix, country)),
  ...unreadable("callerIdPrefix", parsePrefix(callerIdPrefix, country)),
];

const draftedGroups = ({ agents, groups }: Plan, drafts: Draft<"groups">[]): Map<GroupId, CompiledGroup> => {
  const all = new Map(groups);
  for (const [place, draft] of drafts.entries()) {
    const id = groupId(nameOf("groups", draft, place));
    const members = draft.members.map((member, index) => ({ ...member, position: member.position ?? index + 1 }));
    all.set(id, compileGroup({ ...draft, id, members }, agents));
  }
  return all;
};

const edgesOf = (groups: Iterable<CompiledGroup>): FallbackEdges => {
  const edges = new Map<TargetId, TargetId>();
  for (const { id, fallback } of groups) {
    if (fallback?.type === "agent_group" || fallback?.type === "voice_agent") edges.set(id, fallback.targetId);
  }
  return edges;
};

/** What is only wrong among all groups together: names, window lengths, circles of fallbacks. */
const groupsIssues = (groups: Map<GroupId, CompiledGroup>, drafts: Draft<"groups">[]): DraftIssue[] => {
  const edges = edgesOf(groups.values());
  const names = Map.groupBy(groups.values(), ({ name }) => name.toLowerCase());
  return drafts.flatMap((draft, place) => {
    const at = (path: string[], message: string): DraftIssue => ({ path: ["groups", place, ...path], message });
    const id = groupId(nameOf("groups", draft, place));
    const issues: DraftIssue[] = [];
    if ((names.get(draft.name.toLowerCase()) ?? []).length > 1)
      issues.push(at(["name"], `There is a group named “${draft.name}” already.`));
    if (draft.strategy === "load_balanced" && windowsOf(groups.values()).length > mostWindows)
      issues.push(
        at(["settings", "windowHours"], `At most ${mostWindows} different window lengths per tenant; others are in use already.`),
      );
    if (loopThrough(id, edges.get(id) ?? null, edges) !== null)
      issues.push(at(["fallback", "targetId"], "The fallbacks lead back to this group."));
    return issues;
  });
};

const inboundOf = (plan: Plan, drafts: Draft<"inboundRules">[], nowMs: number): InboundRuleConfig[] =>
  drafts.map((draft, place) => {
    const { targetType, targetId, ...fields } = draft;
    const id = ruleId(nameOf("inboundRules", draft, place));
    const createdAt = plan.inbound.rules.get(id)?.createdAt ?? nowMs;
    return { ...fields, id, target: targetOf(targetType, targetId), createdAt };
  });

const outboundOf = (plan: Plan, drafts: Draft<"outboundRules">[], nowMs: number): OutboundRuleConfig[] =>
  drafts.map((draft, place) => {
    const id = ruleId(nameOf("outboundRules", draft, place));
    return { ...draft, id, createdAt: plan.outbound.rules.get(id)?.createdAt ?? nowMs };
  });

/** Only rules that the number finds can take the call: an index of those and the drafts answers as one of all rules would. */
const draftedRules = (plan: Plan, draft: SimulationDraft, call: RoutedCall, nowMs: number): Pick<Plan, "inbound" | "outbound"> => {
  const [inbound, outbound] = [createInboundIndex(plan.tenant.country), createOutboundIndex(plan.tenant.country)];
  const [inboundDrafts, outboundDrafts] = [inboundOf(plan, draft.inboundRules, nowMs), outboundOf(plan, draft.outboundRules, nowMs)];
  const replaced = new Set<RuleId>([...inboundDrafts, ...outboundDrafts].map(({ id }) => id));
  for (const rule of rulesMet(plan, call)) {
    if (replaced.has(rule.id)) continue;
    if ("pattern" in rule) addInboundRule(inbound, rule);
    else addOutboundRule(outbound, rule);
  }
  for (const rule of inboundDrafts) addInboundRule(inbound, rule);
  for (const rule of outboundDrafts) addOutboundRule(outbound, rule);
  return { inbound, outbound };
};

const twiceNamed = (list: List, drafts: { id?: string | undefined }[]): DraftIssue[] =>
  drafts.flatMap(({ id }, place) =>
    id !== undefined && drafts.findIndex((each) => each.id === id) < place
      ? [{ path: [list, place, "id"], message: "Another draft has this id." }]
      : [],
  );

const issuesOf = ({ agents, tenant: { country } }: Plan, draft: SimulationDraft, groups: Map<GroupId, CompiledGroup>): DraftIssue[] => {
  const known: Known = { agents, groups };
  const within = (list: List, place: number, issues: DraftIssue[]) =>
    issues.map(({ path, message }): DraftIssue => ({ path: [list, place, ...path], message }));
  return [
    ...twiceNamed("groups", draft.groups),
    ...twiceNamed("inboundRules", draft.inboundRules),
    ...twiceNamed("outboundRules", draft.outboundRules),
    ...draft.groups.flatMap((each, place) => within("groups", place, groupIssues(known, each))),
    ...groupsIssues(groups, draft.groups),
    ...draft.inboundRules.flatMap((each, place) => within("inboundRules", place, inboundIssues(known, each, country))),
    ...draft.outboundRules.flatMap((each, place) => within("outboundRules", place, outboundIssues(each, country))),
  ];
};

/** The plan for this call, and what saving the draft would refuse (then the plan is worth nothing). `nowMs`: when new ones are created. */
export const planWithDraft = (plan: Plan, draft: SimulationDraft, call: RoutedCall, nowMs: number): DraftPlan => {
  const groups = draftedGroups(plan, draft.groups);
  const issues = issuesOf(plan, draft, groups);
  const drafted = {
    ...plan,
    ...draftedRules(plan, draft, call, nowMs),
    groups,
    windowHoursInUse: windowsOf(groups.values()),
    groupsOfOne: new Map<AgentId, CompiledGroup>(),
    // Saved, it would be newer than whatever Redis has been told.
    version: plan.version + 1,
  };
  return { plan: drafted, issues };
};
