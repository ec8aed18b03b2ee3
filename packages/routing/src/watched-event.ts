/**
 * The part of the journal that people who watch are told: what live events are made of, and what is kept of it for those who come
 * back later. No webhook, and no word that belongs in the record alone.
 */
import type { Decision } from "./decision.ts";
import type { Evidence } from "./evidence.ts";
import type { CallId } from "./ids.ts";
import type { CallFacts, CallReport, CallWas, DialResult, JournalEntry, JournalEvent } from "./journal-event.ts";

export type WatchedFacts = Pick<CallFacts, "session" | "direction" | "from" | "to" | "ruleId" | "receivedAt" | "test">;

type AgentDecision = Extract<Decision, { kind: "agent" }>;
export type WatchedDecision =
  | Pick<AgentDecision, "kind" | "reason" | "agentId" | "targetId">
  | Pick<Exclude<Decision, AgentDecision>, "kind" | "reason">;

type AboutCall = Pick<JournalEvent, "tenantId" | "at"> & { callId: CallId; was: CallWas };

export type WatchedStep = AboutCall & {
  type: "step";
  step: number;
  facts: WatchedFacts;
  ended: { result: DialResult } | null;
  decision: WatchedDecision;
  evidence: Evidence | null;
  degraded: boolean;
};
export type WatchedReport = AboutCall & {
  type: "report";
  facts: WatchedFacts | null;
  report: Pick<CallReport, "evidence" | "occurredAt" | "answeredAt" | "endedAt">;
};
export type WatchedTimeout = AboutCall & { type: "timeout"; evidence: Evidence };

export type WatchedEvent =
  | WatchedStep
  | WatchedReport
  | WatchedTimeout
  | Extract<JournalEvent, { type: "agent_health" | "agent_switched" | "rule_changed" }>;

/** `id`: the journal's (`milliseconds-sequence`). */
export type WatchedEntry = { id: string; event: WatchedEvent };

const factsOf = ({ session, direction, from, to, ruleId, receivedAt, test }: CallFacts): WatchedFacts => ({
  ...{ session, direction, from, to, ruleId, receivedAt },
  ...(test ? { test } : {}),
});

const decisionOf = (decision: Decision): WatchedDecision =>
  decision.kind === "agent"
    ? { kind: decision.kind, reason: decision.reason, agentId: decision.agentId, targetId: decision.targetId }
    : { kind: decision.kind, reason: decision.reason };

const stepOf = (event: Extract<JournalEvent, { type: "step" }>): WatchedStep => {
  const { type, tenantId, at, callId, was, step, facts, ended, decision, evidence, degraded } = event;
  const result = ended && { result: ended.result };
  return {
    type,
    tenantId,
    at,
    callId,
    was,
    step,
    facts: factsOf(facts),
    ended: result,
    decision: decisionOf(decision),
    evidence,
    degraded,
  };
};

const reportOf = (event: Extract<JournalEvent, { type: "report" }>): WatchedReport | null => {
  const { type, tenantId, at, callId, was, facts } = event;
  const { evidence, occurredAt, answeredAt, endedAt } = event.report;
  // A leg's end, an unknown word, a call that nobody knows: for the record only.
  if (callId === null || (evidence === null && facts === null)) return null;
  return { type, tenantId, at, callId, was, facts: facts && factsOf(facts), report: { evidence, occurredAt, answeredAt, endedAt } };
};

/** Null: nothing that a person who watches would be told. Throws on an event that no script of ours wrote. */
const partOf = (event: JournalEvent): WatchedEvent | null => {
  switch (event.type) {
    case "step":
      return stepOf(event);
    case "report":
      return reportOf(event);
    case "timeout": {
      const { type, tenantId, at, callId, was, evidence } = event;
      return { type, tenantId, at, callId, was, evidence };
    }
    case "agent_health":
    case "agent_switched":
    case "rule_changed":
      return event;
    // What the lost claim had decided was never shown as given, and a lease is no news to a person.
    case "superseded":
    case "lease_retaken":
    case "number_erased":
    // What comes of it is told, as it comes.
    case "operated":
      return null;
  }
};

/** Null also for what can't be read: the recorder meets it too, says so and keeps it. */
export const watchedOf = ({ id, event }: Pick<JournalEntry, "id" | "event">): WatchedEntry | null => {
  try {
    const part = partOf(event);
    return part && { id, event: part };
  } catch {
    return null;
  }
};
