/** What saving a draft would refuse, found in the plan in memory. */
import { type FallbackEdges, loopThrough } from "./fallback-loop.ts";
import { agentId, type GroupId, groupId, type TargetId } from "./ids.ts";
import type { SimulationDraft } from "./input/simulation.ts";
import { type ParsedPattern, type ParsedPrefix, parsePattern, parsePrefix } from "./pattern.ts";
import { type Plan, windowsOf } from "./plan.ts";
import type { CompiledGroup, RuleTarget } from "./plan-source.ts";
import { fallbackTarget } from "./rule-ways.ts";

/** A field of the draft, as a path into it. */
export type DraftIssue = { path: (string | number)[]; message: string };

export type DraftList = keyof SimulationDraft;
export type Draft<L extends DraftList> = SimulationDraft[L][number];

/** The draft's groups are among `groups`. */
export type DraftedPlan = { plan: Plan; groups: ReadonlyMap<GroupId, CompiledGroup> };

const mostMembers = 200;
const mostWindows = 3;

/** As a saved one is named; a new one that nobody named is known by its place. */
export const draftName = (list: DraftList, { id }: { id?: string | undefined }, place: number): string =>
  id ?? `draft-${list}-${place + 1}`;

export const draftTarget = (targetType: RuleTarget["type"], targetId: string): RuleTarget =>
  targetType === "voice_agent" ? { type: "voice_agent", id: agentId(targetId) } : { type: "agent_group", id: groupId(targetId) };

const edgesOf = (groups: Iterable<CompiledGroup>): FallbackEdges => {
  const edges = new Map<TargetId, TargetId>();
  for (const { id, fallback } of groups) {
    const target = fallbackTarget(fallback);
    if (target !== null) edges.set(id, target.id);
  }
  return edges;
};

const targetIssues = ({ plan, groups }: DraftedPlan, target: RuleTarget | null, path: string[]): DraftIssue[] => {
  if (target === null) return [];
  if (target.type === "voice_agent") return plan.agents.has(target.id) ? [] : [{ path, message: "There is no such agent." }];
  return groups.has(target.id) ? [] : [{ path, message: "There is no such group." }];
};

const unreadable = (field: string, parsed: ParsedPattern | ParsedPrefix): DraftIssue[] =>
  parsed.ok ? [] : [{ path: [field], message: parsed.message }];

const memberIssues = ({ agents }: Plan, { members }: Draft<"groups">): DraftIssue[] => {
  const issues: DraftIssue[] = members.flatMap((member, place) => {
    const path = ["members", place, "agentId"];
    if (!agents.has(member.agentId)) return [{ path, message: "There is no such agent." }];
    const isTwice = members.findIndex((each) => each.agentId === member.agentId) < place;
    return isTwice ? [{ path, message: "This agent is a member already." }] : [];
  });
  if (members.length > mostMembers) issues.push({ path: ["members"], message: `A group has at most ${mostMembers} members.` });
  return issues;
};

/** Of the saved rules only those whose own fallback comes to the group can be closed by it to a circle. */
const closesLoop = ({ plan }: DraftedPlan, id: GroupId, edges: FallbackEdges): boolean => {
  if (!edges.has(id)) return false;
  if (loopThrough(id, edges.get(id) ?? null, edges) !== null) return true;
  for (const { target, end } of plan.inbound.ways.values()) {
    if (end !== null && loopThrough(target.id, end.id, edges)?.includes(id)) return true;
  }
  return false;
};

const groupIssues = (drafted: DraftedPlan, draft: Draft<"groups">, place: number): DraftIssue[] => {
  const { plan, groups } = drafted;
  const id = groupId(draftName("groups", draft, place));
  const issues = [...memberIssues(plan, draft), ...targetIssues(drafted, fallbackTarget(draft.fallback), ["fallback", "targetId"])];
  const isNamed = [...groups.values()].some((other) => other.id !== id && other.name.toLowerCase() === draft.name.toLowerCase());
  if (isNamed) issues.push({ path: ["name"], message: `There is a group named “${draft.name}” already.` });
  if (draft.strategy === "load_balanced" && windowsOf(groups.values()).length > mostWindows) {
    const message = `At most ${mostWindows} different window lengths per tenant; others are in use already.`;
    issues.push({ path: ["settings", "windowHours"], message });
  }
  if (closesLoop(drafted, id, edgesOf(groups.values())))
    issues.push({ path: ["fallback"], message: "This fallback leads calls in a circle." });
  return issues;
};

const inboundIssues = (drafted: DraftedPlan, rule: Draft<"inboundRules">): DraftIssue[] => {
  const { country } = drafted.plan.tenant;
  const target = draftTarget(rule.targetType, rule.targetId);
  const first = fallbackTarget(rule.fallback);
  const issues = [
    ...unreadable("pattern", parsePattern(rule.pattern, country)),
    ...(rule.callerPattern === null ? [] : unreadable("callerPattern", parsePattern(rule.callerPattern, country))),
    ...targetIssues(drafted, target, ["targetId"]),
    ...targetIssues(drafted, first, ["fallback", "targetId"]),
  ];
  const isLoop = first !== null && loopThrough(target.id, first.id, edgesOf(drafted.groups.values())) !== null;
  return isLoop ? [...issues, { path: ["fallback"], message: "This fallback leads back to the rule’s own target." }] : issues;
};

const outboundIssues = ({ plan }: DraftedPlan, { prefix, callerIdPrefix }: Draft<"outboundRules">): DraftIssue[] => {
  const [destination, caller] = [parsePrefix(prefix, plan.tenant.country), parsePrefix(callerIdPrefix, plan.tenant.country)];
  const isBoundless = destination.ok && caller.ok && destination.prefix.kind === "any" && caller.prefix.kind === "any";
  if (isBoundless)
    return [{ path: ["prefix"], message: "Name a destination or a caller: this rule would open every destination to everybody." }];
  return [...unreadable("prefix", destination), ...unreadable("callerIdPrefix", caller)];
};

const twiceNamed = (list: DraftList, drafts: { id?: string | undefined }[]): DraftIssue[] =>
  drafts.flatMap(({ id }, place) =>
    id !== undefined && drafts.findIndex((each) => each.id === id) < place
      ? [{ path: [list, place, "id"], message: "Another draft has this id." }]
      : [],
  );

export const draftIssues = (drafted: DraftedPlan, draft: SimulationDraft): DraftIssue[] => {
  const within = (list: DraftList, place: number, issues: DraftIssue[]): DraftIssue[] =>
    issues.map(({ path, message }) => ({ path: [list, place, ...path], message }));
  return [
    ...twiceNamed("groups", draft.groups),
    ...twiceNamed("inboundRules", draft.inboundRules),
    ...twiceNamed("outboundRules", draft.outboundRules),
    ...draft.groups.flatMap((each, place) => within("groups", place, groupIssues(drafted, each, place))),
    ...draft.inboundRules.flatMap((each, place) => within("inboundRules", place, inboundIssues(drafted, each))),
    ...draft.outboundRules.flatMap((each, place) => within("outboundRules", place, outboundIssues(drafted, each))),
  ];
};
