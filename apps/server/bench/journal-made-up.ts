/** A journal as busy traffic leaves it: many calls at once, each with its request, its updates, its dial's result and its CDR. */
import { evidenceOfDialResult, evidenceOfDisposition, evidenceOfSessionStatus } from "@switchboard/routing/evidence";
import { type AgentId, type CallId, callId, groupId, ruleId, type TenantId } from "@switchboard/routing/ids";
import type { CallFacts, CallReport, JournalEntry, JournalEvent, WebhookFacts } from "@switchboard/routing/journal-event";

export type Traffic = {
  tenantId: TenantId;
  agents: AgentId[];
  calls: number;
  callsPerSecond: number;
  partition: number;
  startedAt: number;
};

const updates = [
  ["new", 50],
  ["processing", 150],
  ["ringing", 400],
  ["ringing", 900],
  ["answer", 1_500],
  ["connected", 1_700],
  ["connected", 2_500],
  ["connected", 3_500],
  ["connected", 4_500],
  ["external", 5_200],
] as const;
const answeredAfterMs = 1_500;
const endedAfterMs = 5_200;
export const eventsPerCall = updates.length + 3;

type Call = { id: CallId; session: string; at: number; agent: AgentId; tenantId: TenantId };

const webhookOf = (kind: WebhookFacts["kind"], call: Call, word: string, receivedAt: number): WebhookFacts => ({
  ...{ kind, receivedAt },
  fields: { Session: call.session, From: "+15550100001", To: "+15550100002", status: word },
});

const factsOf = (call: Call): CallFacts => ({
  ...{ session: call.session, direction: "inbound", from: "+15550100001", to: "+15550100002" },
  ...{ sipCallIds: [`${call.session}@10.0.0.5`], ruleId: ruleId("rul_00000000000000000001"), receivedAt: call.at },
});

const target = groupId("grp_00000000000000000001");

const firstStep = (call: Call): JournalEvent => ({
  ...{
    type: "step",
    was: "unknown",
    tenantId: call.tenantId,
    at: call.at,
    callId: call.id,
    step: 1,
    facts: factsOf(call),
    ended: null,
    evidence: null,
  },
  decision: {
    ...{ kind: "agent", link: 0, reason: "matched", fallback: null, targetId: target, agentId: call.agent },
    ...{ attempt: 1, timeoutSeconds: 20, timeLimitSeconds: 14_400 },
  },
  degraded: false,
  webhook: webhookOf("voice", call, "in-progress", call.at),
});

const dialResult = (call: Call): JournalEvent => {
  const at = call.at + endedAfterMs + 20;
  return {
    ...{ type: "step", was: "talking", tenantId: call.tenantId, at, callId: call.id, step: 2, facts: factsOf(call), degraded: false },
    ended: { step: 1, targetId: target, agentId: call.agent, trunk: null, result: "completed" },
    decision: { kind: "hangup", link: 0, reason: "matched", fallback: null },
    evidence: evidenceOfDialResult("completed", at),
    webhook: webhookOf("dial_result", call, "completed", at),
  };
};

const reportOf = (call: Call, source: CallReport["source"], word: string, afterMs: number): JournalEvent => {
  const at = call.at + afterMs;
  const answeredAt = afterMs >= answeredAfterMs ? call.at + answeredAfterMs : null;
  const endedAt = afterMs >= endedAfterMs ? call.at + endedAfterMs : null;
  const billSeconds = source === "cdr" ? 4 : null;
  const evidence = source === "cdr" ? evidenceOfDisposition(word, at, billSeconds) : evidenceOfSessionStatus(word, endedAt, at);
  return {
    ...{
      type: "report",
      was: "open",
      tenantId: call.tenantId,
      at,
      callId: call.id,
      sipCallIds: [`${call.session}@10.0.0.5`],
      facts: factsOf(call),
    },
    report: {
      ...{ source, word, evidence, dedupe: `${call.session}-${source}-${afterMs}`, occurredAt: at },
      ...{ answeredAt, endedAt, billSeconds },
    },
    webhook: webhookOf(source, call, word, at),
  };
};

const eventsOf = (call: Call): JournalEvent[] => [
  firstStep(call),
  ...updates.map(([word, afterMs]) => reportOf(call, "session_update", word, afterMs)),
  dialResult(call),
  reportOf(call, "cdr", "ANSWER", endedAfterMs + 300),
];

/** The entries in the order they would have been appended: at 200 calls a second a batch touches hundreds of calls. */
export const makeJournal = ({ tenantId, agents, calls, callsPerSecond, partition, startedAt }: Traffic): JournalEntry[] => {
  const events = Array.from({ length: calls }, (_, number) => {
    const session = number.toString(16).padStart(32, "0");
    const [first] = agents;
    const agent = agents[number % agents.length] ?? first;
    if (agent === undefined) throw new Error("traffic needs an agent");
    const at = startedAt + Math.floor((number * 1_000) / callsPerSecond);
    return eventsOf({ id: callId(`cal_${session.slice(-20)}`), session, at, agent, tenantId });
  }).flat();
  events.sort((a, b) => a.at - b.at);
  return events.map((event, index) => ({ partition, id: `${event.at}-${index}`, event }));
};
