/** Calls as they may come: any failover, amended CDRs, answers of two minds, claims taken back, tests; for tests and nothing else. */
import type { Decision } from "@switchboard/routing/decision";
import { evidenceOfDisposition, timeoutEvidence } from "@switchboard/routing/evidence";
import { type AgentId, agentId, type GroupId, groupId, ruleId, type TenantId } from "@switchboard/routing/ids";
import type { CallFacts, JournalEvent } from "@switchboard/routing/journal-event";
import { reasons } from "@switchboard/routing/reason";
import fc from "fast-check";
import { callOf, cdrOf, namelessCdrOf, type SimulatedCall, stepOf, updateOf } from "./journal-fixture.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

const dial = fc.record({
  /** Null: a number is dialled, nobody's agent. */
  agent: fc.option(fc.nat(3)),
  group: fc.nat(1),
  result: fc.option(fc.constantFrom("busy", "failed", "no-answer", "completed", "canceled", "unknown")),
});

const shape = fc.record({
  agoMs: fc.oneof(
    { weight: 5, arbitrary: fc.nat(3 * 60 * minuteMs) },
    { weight: 2, arbitrary: fc.integer({ min: 47 * 60 * minuteMs, max: 49 * 60 * minuteMs }) },
    { weight: 1, arbitrary: fc.integer({ min: 399 * dayMs, max: 402 * dayMs }) },
  ),
  dials: fc.array(dial, { maxLength: 3 }),
  end: fc.option(fc.record({ reason: fc.constantFrom(...reasons), isFallback: fc.boolean() })),
  rule: fc.option(fc.nat(2)),
  isTest: fc.integer({ min: 1, max: 8 }).map((one) => one === 1),
  /** Redis's clock behind the process's, and ahead of it. */
  decisionMs: fc.integer({ min: -5, max: 3000 }),
  updates: fc.array(fc.record({ state: fc.constantFrom("ringing", "connected"), afterMs: fc.nat(90_000) }), { maxLength: 3 }),
  cdrs: fc.array(
    fc.record({
      word: fc.constantFrom("ANSWER", "BUSY", "NOANSWER", "CANCEL", "FAILED", "CONGESTION"),
      billSeconds: fc.oneof(fc.nat(30), fc.nat(100_000)),
      afterMs: fc.nat(3 * 60 * minuteMs),
      isNameless: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  /** What a report knows of the beginning, which the first request knows better. */
  heardMs: fc.integer({ min: -120 * minuteMs, max: 120 * minuteMs }),
  isLocalToo: fc.boolean(),
  isTakenBack: fc.boolean(),
  isTimedOut: fc.boolean(),
});
type Shape = typeof shape extends fc.Arbitrary<infer Of> ? Of : never;

const agentOf = (number: number): AgentId => agentId(`agt_${String(number).padStart(20, "0")}`);
const groupOf = (number: number): GroupId => groupId(`grp_${String(number).padStart(20, "0")}`);

function decisionOf(step: number, { agent, group }: Shape["dials"][number]): Decision {
  const common = { link: 0, reason: "matched", fallback: null, timeoutSeconds: 20, timeLimitSeconds: 14_400 } as const;
  if (agent === null) return { ...common, kind: "number", number: "+15550100009", trunk: "carrier", callerId: null };
  return { ...common, kind: "agent", targetId: groupOf(group), agentId: agentOf(agent), attempt: step };
}

function stepsOf(call: SimulatedCall, shaped: Shape, facts: CallFacts): JournalEvent[] {
  const { dials, end, decisionMs } = shaped;
  const decisions: Decision[] = dials.map((each, index) => decisionOf(index + 1, each));
  if (end) decisions.push({ kind: "hangup", link: 1, reason: end.reason, fallback: end.isFallback ? { type: "hangup" } : null });
  return decisions.flatMap((decision, index) => {
    const before = dials[index - 1];
    // No result, no next step.
    if (before?.result === null) return [];
    const target = {
      targetId: before?.agent === null ? null : groupOf(before?.group ?? 0),
      trunk: before?.agent === null ? "carrier" : null,
    };
    const ended = before && {
      ...{ step: index, agentId: before.agent === null ? null : agentOf(before.agent), result: before.result ?? "unknown" },
      ...target,
    };
    return [{ ...stepOf(call, index + 1), at: call.startedAt + decisionMs + index * 20_000, facts, decision, ended: ended ?? null }];
  });
}

function reportsOf(call: SimulatedCall, { updates, cdrs, heardMs }: Shape, facts: CallFacts): JournalEvent[] {
  const heard = { ...facts, ruleId: null, receivedAt: call.startedAt + heardMs };
  return [
    ...updates.map(({ state, afterMs }) => ({ ...updateOf(call, state, afterMs), facts: heard })),
    ...cdrs.map(({ word, billSeconds, afterMs, isNameless }, index): JournalEvent => {
      const at = call.startedAt + afterMs;
      const cdr = isNameless ? namelessCdrOf(call) : { ...cdrOf(call), facts: heard };
      const evidence = evidenceOfDisposition(word, at, billSeconds);
      const dedupe = `${call.session} ${index} ${word} ${at} ${billSeconds}`;
      return { ...cdr, report: { ...cdr.report, word, evidence, dedupe, occurredAt: at, endedAt: at, billSeconds } };
    }),
  ];
}

/** What Redis decided and gave up again, because the process had answered by itself. */
function otherMinds(call: SimulatedCall, shaped: Shape, facts: CallFacts): JournalEvent[] {
  const { isLocalToo, isTakenBack, isTimedOut, dials } = shaped;
  const { tenantId, startedAt } = call;
  const common = { tenantId, callId: callOf(call), step: 1 };
  const [first] = dials;
  const local: Decision = decisionOf(1, { agent: 3, group: 1, result: null });
  const events: JournalEvent[] = [];
  if (isLocalToo && first)
    events.push({ ...stepOf(call), decision: local, degraded: true, at: startedAt + 2, facts: { ...facts, receivedAt: startedAt - 1 } });
  if (isTakenBack && first && first.agent !== null)
    events.push({ ...common, type: "superseded", at: startedAt + 5000, agentId: agentOf(first.agent) });
  if (isTimedOut) events.push({ ...common, type: "timeout", was: "open", at: startedAt, evidence: timeoutEvidence(startedAt + 120_000) });
  return events;
}

/** Everything that is ever said about one call, in an order of its own. */
export const eventsOfCall = (tenantId: TenantId, session: string, nowMs: number): fc.Arbitrary<JournalEvent[]> =>
  shape.map((shaped) => {
    const call: SimulatedCall = {
      ...{ tenantId, session, agentId: agentOf(0), groupId: groupOf(0), startedAt: nowMs - shaped.agoMs },
      ...(shaped.isTest ? { test: true } : {}),
    };
    const facts: CallFacts = {
      ...stepOf(call).facts,
      ruleId: shaped.rule === null ? null : ruleId(`rul_${String(shaped.rule).padStart(20, "0")}`),
    };
    return [...stepsOf(call, shaped, facts), ...reportsOf(call, shaped, facts), ...otherMinds(call, shaped, facts)];
  });
