/** Turns what was journaled into what consoles are told; field by field, so that nothing leaks that isn't named here. */
import { type Evidence, isFinal, openEvidence, statusOf } from "@switchboard/routing/evidence";
import type { AgentId, CallId, GroupId, RuleId, TargetId } from "@switchboard/routing/ids";
import type { CallWas } from "@switchboard/routing/journal-event";
import type {
  WatchedDecision,
  WatchedEntry,
  WatchedEvent,
  WatchedFacts,
  WatchedReport,
  WatchedStep,
} from "@switchboard/routing/watched-event";
import type { LiveCall } from "./schemas/live-call.ts";
import type { LiveChange, LiveEvent, LivePatch, StartedCall } from "./schemas/live-event.ts";

/** What the tenant's plan calls things; null for what has gone meanwhile. */
export type LiveNames = {
  agent(id: AgentId): { name: string; provider: string } | null;
  group(id: GroupId): string | null;
  /** The rule's pattern. */
  rule(id: RuleId): string | null;
};

/** What was told of the call before this entry. */
type SeenCall = { started: boolean; wasConnected: boolean; ended: boolean };

const seenOf = (was: CallWas): SeenCall => ({
  started: was !== "unknown",
  wasConnected: was === "talking" || was === "talked",
  ended: was === "over" || was === "talked",
});

const iso = (at: number): string => new Date(at).toISOString();
const isGroup = (id: TargetId): id is GroupId => id.startsWith("grp_");

const stateFields = (evidence: Evidence, wasConnected: boolean) => ({
  state: evidence.state,
  status: statusOf(evidence.state, wasConnected),
  standing: { rank: evidence.rank, source: evidence.source, at: evidence.at, tie: evidence.tie },
});

const factFields = (facts: WatchedFacts, names: LiveNames) => ({
  session: facts.session,
  direction: facts.direction,
  from: facts.from,
  to: facts.to,
  ruleId: facts.ruleId,
  rulePattern: facts.ruleId === null ? null : names.rule(facts.ruleId),
  startedAt: iso(facts.receivedAt),
  test: facts.test === true,
});

const nobody = { groupId: null, groupName: null, agentId: null, agentName: null, agentProvider: null };

const decisionFields = (step: number, decision: WatchedDecision | null, names: LiveNames) => {
  if (decision === null) return { attempt: 0, reason: null, handling: null, ...nobody };
  const common = { attempt: step, reason: decision.reason, handling: decision.kind };
  if (decision.kind !== "agent") return { ...common, ...nobody };
  const agent = names.agent(decision.agentId);
  const groupId = isGroup(decision.targetId) ? decision.targetId : null;
  return {
    ...common,
    groupId,
    groupName: groupId === null ? null : names.group(groupId),
    agentId: decision.agentId,
    agentName: agent?.name ?? null,
    agentProvider: agent?.provider ?? null,
  };
};

/** A call in progress as the live store remembers it. Times in milliseconds since the epoch. */
export type RememberedCall = {
  callId: CallId;
  facts: WatchedFacts;
  evidence: Evidence;
  /** Newest step and its decision; null when nothing was decided yet. */
  step: number;
  decision: WatchedDecision | null;
  answeredAt: number | null;
  degraded: boolean;
};

export const liveCallOf = (call: RememberedCall, names: LiveNames): LiveCall => ({
  id: call.callId,
  ...factFields(call.facts, names),
  ...stateFields(call.evidence, call.answeredAt !== null),
  ...decisionFields(call.step, call.decision, names),
  answeredAt: call.answeredAt === null ? null : iso(call.answeredAt),
  endedAt: isFinal(call.evidence) ? iso(call.evidence.at) : null,
  degraded: call.degraded,
});

/** A first end is told as one; a better word about it later is an update. */
const endOrUpdate = (evidence: Evidence | null, seen: SeenCall) =>
  evidence !== null && isFinal(evidence) && !seen.ended ? "call.ended" : "call.updated";

const startedCall = (call: Pick<RememberedCall, "callId" | "facts"> & Partial<RememberedCall>, names: LiveNames): StartedCall => {
  const { id, ...fields } = liveCallOf(
    { evidence: openEvidence("initiated"), step: 0, decision: null, answeredAt: null, degraded: false, ...call },
    names,
  );
  return { callId: id, ...fields };
};

const dialling: ReadonlySet<WatchedDecision["kind"]> = new Set(["agent", "number", "sip"]);

/** After a talk nothing is decided any more, unless the call was moved: who talked stays. */
const isTalkOver = ({ ended, decision }: WatchedStep): boolean =>
  (ended?.result === "completed" || ended?.result === "canceled") && !dialling.has(decision.kind);

const stepChange = (event: WatchedStep, names: LiveNames): LiveChange => {
  const { callId, facts, step, decision, degraded } = event;
  const seen = seenOf(event.was);
  if (!seen.started && step === 1) {
    const evidence = event.evidence ?? openEvidence("routing");
    return { type: "call.started", data: startedCall({ callId, facts, evidence, step, decision, degraded }, names) };
  }
  const evidence = event.evidence ?? openEvidence("routing");
  const data: LivePatch = {
    callId,
    ...(step === 1 ? factFields(facts, names) : {}),
    ...(isTalkOver(event) ? {} : decisionFields(step, decision, names)),
    ...stateFields(evidence, seen.wasConnected),
    degraded,
  };
  if (isFinal(evidence)) data.endedAt = iso(evidence.at);
  return { type: endOrUpdate(evidence, seen), data };
};

const reportChange = (event: WatchedReport, names: LiveNames): LiveChange | null => {
  const { callId, facts } = event;
  const seen = seenOf(event.was);
  const { evidence, answeredAt, endedAt, occurredAt } = event.report;
  const answered = answeredAt ?? (evidence?.state === "connected" ? occurredAt : null);
  if (facts !== null && !seen.started && (evidence === null || !isFinal(evidence))) {
    const proven = evidence === null ? {} : { evidence };
    return { type: "call.started", data: startedCall({ callId, facts, answeredAt: answered, ...proven }, names) };
  }
  // A leg's end or an unknown word: for the timeline only.
  if (evidence === null) return null;
  const data: LivePatch = { callId, ...(facts === null ? {} : factFields(facts, names)), ...stateFields(evidence, seen.wasConnected) };
  if (answered !== null) data.answeredAt = iso(answered);
  if (isFinal(evidence)) data.endedAt = iso(endedAt ?? evidence.at);
  return { type: endOrUpdate(evidence, seen), data };
};

const timeoutChange = (callId: CallId, evidence: Evidence, seen: SeenCall): LiveChange => ({
  type: endOrUpdate(evidence, seen),
  data: { callId, ...stateFields(evidence, seen.wasConnected), endedAt: iso(evidence.at) },
});

const changeOf = (event: WatchedEvent, names: LiveNames): LiveChange | null => {
  switch (event.type) {
    case "step":
      return stepChange(event, names);
    case "report":
      return reportChange(event, names);
    case "timeout":
      return timeoutChange(event.callId, event.evidence, seenOf(event.was));
    case "agent_health":
      return { type: "agent.status_changed", data: { agentId: event.agentId, from: event.from, to: event.to, cause: event.cause } };
    case "agent_switched": {
      const [from, to] = event.enabled ? (["disabled", "enabled"] as const) : (["enabled", "disabled"] as const);
      return { type: "agent.status_changed", data: { agentId: event.agentId, from, to, cause: `${to} by an operator` } };
    }
    case "rule_changed": {
      const { ruleId, kind, change, version } = event;
      return { type: "routing_rule.updated", data: { ruleId, kind, change, version } };
    }
  }
};

/** Null: nothing that a person watching calls would be told. */
export const liveEventOf = ({ id, event }: WatchedEntry, names: LiveNames): LiveEvent | null => {
  const change = changeOf(event, names);
  return change === null ? null : { id, at: iso(event.at), ...change };
};
