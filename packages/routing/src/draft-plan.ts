/** A plan as it would be were some rules and groups saved: a copy for one question, the live plan stays as it is. */
import { type Draft, type DraftIssue, draftIssues, draftName, draftTarget } from "./draft-issues.ts";
import { type AgentId, type GroupId, groupId, type RuleId, ruleId } from "./ids.ts";
import type { SimulationDraft } from "./input/simulation.ts";
import { addOutboundRule, createOutboundIndex } from "./outbound-index.ts";
import { rulesMet } from "./passed-over.ts";
import { compileGroup, type Plan, windowsOf } from "./plan.ts";
import type { CompiledGroup, InboundRuleConfig, OutboundRuleConfig } from "./plan-source.ts";
import type { RoutedCall } from "./route-call.ts";
import { addInboundRule, createInboundIndex } from "./rule-index.ts";

const groupsWith = ({ agents, groups }: Plan, drafts: Draft<"groups">[]): Map<GroupId, CompiledGroup> => {
  const all = new Map(groups);
  for (const [place, draft] of drafts.entries()) {
    const id = groupId(draftName("groups", draft, place));
    const members = draft.members.map((member, index) => ({ ...member, position: member.position ?? index + 1 }));
    all.set(id, compileGroup({ ...draft, id, members }, agents));
  }
  return all;
};

const inboundOf = (plan: Plan, drafts: Draft<"inboundRules">[], nowMs: number): InboundRuleConfig[] =>
  drafts.map(({ targetType, targetId, ...draft }, place) => {
    const id = ruleId(draftName("inboundRules", draft, place));
    const createdAt = plan.inbound.rules.get(id)?.createdAt ?? nowMs;
    return { ...draft, id, target: draftTarget(targetType, targetId), createdAt };
  });

const outboundOf = (plan: Plan, drafts: Draft<"outboundRules">[], nowMs: number): OutboundRuleConfig[] =>
  drafts.map((draft, place) => {
    const id = ruleId(draftName("outboundRules", draft, place));
    return { ...draft, id, createdAt: plan.outbound.rules.get(id)?.createdAt ?? nowMs };
  });

type Asked = { draft: SimulationDraft; call: RoutedCall; nowMs: number };

/** Only rules that the number finds can take the call: an index of those and the drafts answers as one of all rules would. */
const rulesWith = (plan: Plan, { draft, call, nowMs }: Asked): Pick<Plan, "inbound" | "outbound"> => {
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

/** The plan for this call, and what saving the draft would refuse (then the plan is worth nothing). `nowMs`: when new ones are created. */
export const planWithDraft = (plan: Plan, asked: Asked): { plan: Plan; issues: DraftIssue[] } => {
  const groups = groupsWith(plan, asked.draft.groups);
  const issues = draftIssues({ plan, groups }, asked.draft);
  const drafted: Plan = {
    ...plan,
    ...rulesWith(plan, asked),
    groups,
    windowHoursInUse: windowsOf(groups.values()),
    groupsOfOne: new Map<AgentId, CompiledGroup>(),
    chains: new Map(),
    // Saved, it would be newer than whatever Redis has been told.
    version: plan.version + 1,
  };
  return { plan: drafted, issues };
};
