/** What is known of a call from its events: plain data, so that it can be kept and folded on. */
import type { Decision } from "./decision.ts";
import type { CallState, CallStatus, Evidence } from "./evidence.ts";
import type { AgentId, GroupId, RuleId, TargetId } from "./ids.ts";
import type { CallFacts, EndedAttempt } from "./journal-event.ts";
import type { Fallback } from "./plan-source.ts";
import type { Reason } from "./reason.ts";

export type CallAttempt = {
  step: number;
  kind: "agent" | "number" | "sip";
  targetId: TargetId | null;
  agentId: AgentId | null;
  trunk: string | null;
  /** The dial's result, else what the call's end says of its last attempt; null while that is open. */
  result: "completed" | "busy" | "no-answer" | "failed" | "canceled" | "unknown" | null;
  startedAt: number;
  endedAt: number | null;
};

/** One step as it counts: the local path's answer before one of Redis, since the local one was given. */
export type StepMemory = {
  step: number;
  at: number;
  decision: Decision;
  ended: EndedAttempt | null;
  evidence: Evidence | null;
  degraded: boolean;
};

/** What the fold keeps to stay independent of order: stored beside `facts`, it is all that is needed to fold on. */
export type CallMemory = {
  /** Where `facts` come from: 0 a step, 1 a report; then the step or the time. */
  factsFrom: [number, number] | null;
  /** Ascending by step. */
  steps: StepMemory[];
  superseded: { step: number; agentId: AgentId }[];
  /** The greatest of reports and timeouts. */
  reported: Evidence | null;
  wasConnected: boolean;
  /** Earliest answer that a session update named, and when one first said so. */
  answeredAt: number | null;
  connectedAt: number | null;
  /** Latest end that a session update named. */
  endedAt: number | null;
  /** The CDR that counts: the latest, then the one with the larger billsec. */
  cdr: { occurredAt: number; answeredAt: number | null; endedAt: number | null; billSeconds: number | null } | null;
};

/** Times in milliseconds since the epoch. */
export type CallProjection = {
  /** Null until a step or a report told any; SIP Call-IDs of all events, at most 8. */
  facts: CallFacts | null;
  evidence: Evidence;
  state: CallState;
  status: CallStatus;
  /** An agent, a number or a SIP target answered; a spoken message is no answer. */
  answered: boolean;
  startedAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  /** Start to answer, or to the end of a call that nobody answered. */
  ringSeconds: number | null;
  /** Answer to end: the CDR's billsec, 0 included. */
  durationSeconds: number | null;
  /** Null until a decision is known. */
  reason: Reason | null;
  fallbackUsed: Fallback;
  degraded: boolean;
  /** Nobody called: it is in no figure. */
  test: boolean;
  ruleId: RuleId | null;
  /** The group of the agent named beside it; null for an agent that was a target itself. */
  groupId: GroupId | null;
  /** Who answered, else the last one tried. */
  agentId: AgentId | null;
  attempts: CallAttempt[];
  memory: CallMemory;
};
