/** Journal events of simulated calls, as the claim and the doors write them; for tests and nothing else. */
import type { AgentId, CallId, GroupId, TenantId } from "@switchboard/routing/ids";
import { evidenceOfDisposition, openEvidence } from "@switchboard/routing/evidence";
import type { CallFacts, CallReport, JournalEntry, JournalEvent, WebhookFacts } from "@switchboard/routing/journal-event";
import { callIdOf } from "../ids.ts";

export type SimulatedCall = { tenantId: TenantId; agentId: AgentId; groupId: GroupId; session: string; startedAt: number; test?: true };

type Step = Extract<JournalEvent, { type: "step" }>;
type Report = Extract<JournalEvent, { type: "report" }>;

const factsOf = ({ session, startedAt, test }: SimulatedCall): CallFacts => ({
  ...(test ? { test } : {}),
  ...{
    session,
    direction: "inbound",
    from: "+15550100001",
    to: "+15550109999",
    sipCallIds: [`sip-${session}`],
    ruleId: null,
    receivedAt: startedAt,
  },
});

export const callOf = (call: SimulatedCall): CallId => callIdOf(call.tenantId, call.session);

const webhookOf = (kind: WebhookFacts["kind"], receivedAt: number, fields: WebhookFacts["fields"] = {}): WebhookFacts => ({
  kind,
  receivedAt,
  fields,
});

export function stepOf(call: SimulatedCall, step = 1): Step {
  const { tenantId, agentId, groupId, startedAt } = call;
  const at = startedAt + step * 1000;
  const decision = {
    kind: "agent",
    link: 0,
    reason: "matched",
    fallback: null,
    targetId: groupId,
    agentId,
    attempt: step,
    timeoutSeconds: 20,
    timeLimitSeconds: 14_400,
  } as const;
  const ended = step === 1 ? null : ({ step: step - 1, targetId: groupId, agentId, trunk: null, result: "busy" } as const);
  const webhook = webhookOf(step === 1 ? "voice" : "dial_result", at, { From: "+15550100001", To: "+15550109999", Session: call.session });
  return {
    type: "step",
    was: step === 1 ? "unknown" : "open",
    tenantId,
    callId: callOf(call),
    at,
    step,
    facts: factsOf(call),
    ended,
    decision,
    evidence: null,
    degraded: false,
    webhook,
  };
}

export function updateOf(call: SimulatedCall, state: "ringing" | "connected", afterMs: number): Report {
  const at = call.startedAt + afterMs;
  const report: CallReport = {
    ...{
      source: "session_update",
      word: state,
      evidence: openEvidence(state),
      dedupe: `${call.session} ${state} ${afterMs}`,
      occurredAt: at,
    },
    ...{ answeredAt: state === "connected" ? at : null, endedAt: null, billSeconds: null },
  };
  return reportOf(call, report, "session_update", at);
}

export function cdrOf(call: SimulatedCall, disposition = "ANSWER", billSeconds = 42): Report {
  const endedAt = call.startedAt + 60_000;
  const report: CallReport = {
    ...{
      source: "cdr",
      word: disposition,
      evidence: evidenceOfDisposition(disposition, endedAt, billSeconds),
      dedupe: `${call.session} ${disposition} ${billSeconds}`,
    },
    ...{ occurredAt: endedAt, answeredAt: null, endedAt, billSeconds },
  };
  return reportOf(call, report, "cdr", endedAt);
}

/** The same CDR as one that names no session. */
export const namelessCdrOf = (call: SimulatedCall): Report => ({ ...cdrOf(call), callId: null, facts: null });

function reportOf(call: SimulatedCall, report: CallReport, kind: WebhookFacts["kind"], at: number): Report {
  const webhook = webhookOf(kind, at, { callerId: "+15550100001", destination: "+15550109999", status: report.word });
  return {
    type: "report",
    was: "open",
    tenantId: call.tenantId,
    callId: callOf(call),
    at,
    sipCallIds: [`sip-${call.session}`],
    facts: factsOf(call),
    report,
    webhook,
  };
}

/** A whole call with one failover: twelve events. */
export const wholeCall = (call: SimulatedCall): JournalEvent[] => [
  updateOf(call, "ringing", 500),
  stepOf(call),
  ...[1, 2, 3, 4].map((each) => updateOf(call, "ringing", 1000 + each)),
  stepOf(call, 2),
  ...[1, 2, 3].map((each) => updateOf(call, "ringing", 3000 + each)),
  updateOf(call, "connected", 10_000),
  cdrOf(call),
];

/** Entries with rising stream ids. */
export const entriesOf = (events: JournalEvent[], partition: number, firstMs = 1): JournalEntry[] =>
  events.map((event, index) => ({ partition, id: `${firstMs + index}-0`, event }));
