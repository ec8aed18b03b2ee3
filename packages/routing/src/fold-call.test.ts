import fc from "fast-check";
import { expect, test } from "vitest";
import type { CallProjection } from "./call-projection.ts";
import type { Decision } from "./decision.ts";
import { evidenceOfDialResult, evidenceOfDisposition, evidenceOfSessionStatus, timeoutEvidence } from "./evidence.ts";
import { foldCall } from "./fold-call.ts";
import type { CallFacts, CallReport, DialResult, JournalEvent } from "./journal-event.ts";
import { agt, cal, grp, rul, sampleTenant } from "./sample-plan.ts";

const seed = 20260107;
const t0 = 1_767_225_600_000;
const of = { tenantId: sampleTenant.id, callId: cal(1) };
const facts: CallFacts = {
  session: "11112222333344445555666677778888",
  direction: "inbound",
  from: "+15550100001",
  to: "+15550100002",
  sipCallIds: ["abc@10.0.0.5"],
  ruleId: rul(1),
  receivedAt: t0,
};
const webhook = { kind: "voice", receivedAt: t0, fields: {} } as const;

type Step = Extract<JournalEvent, { type: "step" }>;
type Extra = Partial<Pick<Step, "ended" | "evidence" | "degraded" | "facts">>;
const base = { link: 0, reason: "matched", fallback: null } as const;
const limits = { timeoutSeconds: 20, timeLimitSeconds: 3_600 };
const dial = (agent: number, target = grp(1)): Decision => ({
  ...base,
  kind: "agent",
  targetId: target,
  agentId: agt(agent),
  attempt: 1,
  ...limits,
});
const hangup: Decision = { ...base, kind: "hangup" };

const step = (number: number, seconds: number, decision: Decision, extra: Extra = {}): JournalEvent => ({
  ...of,
  type: "step",
  was: "open",
  step: number,
  at: t0 + seconds * 1_000,
  facts,
  ended: null,
  evidence: null,
  degraded: false,
  webhook,
  decision,
  ...extra,
});
const ended = (number: number, agent: number, result: DialResult) => ({
  step: number,
  targetId: grp(1),
  agentId: agt(agent),
  trunk: null,
  result,
});
const over = (number: number, seconds: number, agent: number, result: DialResult): JournalEvent =>
  step(number, seconds, hangup, { ended: ended(number - 1, agent, result), evidence: evidenceOfDialResult(result, t0 + seconds * 1_000) });

const report = (source: CallReport["source"], word: string, seconds: number, extra: Partial<CallReport> = {}): JournalEvent => {
  const occurredAt = t0 + seconds * 1_000;
  const evidence =
    source === "cdr"
      ? evidenceOfDisposition(word, occurredAt, extra.billSeconds ?? null)
      : evidenceOfSessionStatus(word, extra.endedAt ?? null, occurredAt);
  const told: CallReport = {
    source,
    word,
    evidence,
    dedupe: `${word}${seconds}`,
    occurredAt,
    answeredAt: null,
    endedAt: null,
    billSeconds: null,
    ...extra,
  };
  return { ...of, at: occurredAt, type: "report", was: "open", sipCallIds: [], facts: null, report: told, webhook };
};
const said = (word: string, seconds: number, extra?: Partial<CallReport>) => report("session_update", word, seconds, extra);
const cdr = (word: string, seconds: number, billSeconds: number | null, extra: Partial<CallReport> = {}) =>
  report("cdr", word, seconds, { billSeconds, ...extra });

const fold = (events: JournalEvent[]): CallProjection => {
  let projection: CallProjection | null = null;
  for (const event of events) projection = foldCall(projection, event);
  if (projection === null) throw new Error("no events");
  return projection;
};

test("the happy path: initiated, routing, ringing, connected, completed, each seen on the way", () => {
  const events = [step(1, 0, dial(1)), said("ringing", 1), said("connected", 7), over(2, 90, 1, "completed"), cdr("ANSWER", 91, 83)];
  const states = events.map((_, index) => fold(events.slice(0, index + 1)).state);
  expect(states).toEqual(["routing", "ringing", "connected", "completed", "completed"]);
  expect(fold(events)).toMatchObject({
    status: "completed",
    answered: true,
    startedAt: t0,
    answeredAt: t0 + 8_000,
    endedAt: t0 + 91_000,
    ringSeconds: 8,
    durationSeconds: 83,
    reason: "matched",
    fallbackUsed: null,
    degraded: false,
    ruleId: rul(1),
    groupId: grp(1),
    agentId: agt(1),
    attempts: [{ step: 1, agentId: agt(1), result: "completed", startedAt: t0, endedAt: t0 + 90_000 }],
  });
});

test("a failed-over call names the agent who answered and keeps every attempt", () => {
  const second = step(2, 20, dial(2), { ended: ended(1, 1, "no-answer") });
  const call = fold([step(1, 0, dial(1)), second, said("connected", 25), over(3, 60, 2, "completed")]);
  expect(call.agentId).toBe(agt(2));
  expect(call.attempts.map(({ step: number, result }) => [number, result])).toEqual([
    [1, "no-answer"],
    [2, "completed"],
  ]);
  expect(call.durationSeconds).toBe(35);
});

test("a call that nobody took names the last agent tried, and its fallback", () => {
  const fallback = { type: "message", text: "Sorry" } as const;
  const message: Decision = { link: 1, reason: "attempts_exhausted", fallback, kind: "message", text: "Sorry", language: null };
  const last = step(2, 20, message, { ended: ended(1, 1, "busy"), evidence: evidenceOfDialResult("busy", t0 + 20_000) });
  const call = fold([step(1, 0, dial(1)), last, said("answer", 21), cdr("ANSWER", 30, 9)]);
  expect(call).toMatchObject({
    answered: false,
    answeredAt: null,
    reason: "attempts_exhausted",
    fallbackUsed: fallback,
    agentId: agt(1),
    durationSeconds: 9,
  });
  expect(call.attempts).toHaveLength(1);
});

test("a billsec of 0 is a value, and the CDR decides whether anybody answered", () => {
  const call = fold([step(1, 0, dial(1)), cdr("NOANSWER", 20, 0)]);
  expect(call).toMatchObject({ status: "no-answer", durationSeconds: 0, answered: false, answeredAt: null, ringSeconds: 20 });
  expect(call.attempts[0]).toMatchObject({ result: "no-answer", endedAt: t0 + 20_000 });
});

test("answer times of 0 mean never", () => {
  expect(fold([step(1, 0, dial(1)), cdr("BUSY", 5, null, { answeredAt: 0, endedAt: 0 })])).toMatchObject({
    answeredAt: null,
    endedAt: t0 + 5_000,
    durationSeconds: null,
  });
});

test("without a CDR the duration is answer to end", () => {
  const call = fold([
    step(1, 0, dial(1)),
    said("connected", 7, { answeredAt: t0 + 6_000 }),
    said("connected", 50, { endedAt: t0 + 49_000 }),
  ]);
  expect(call).toMatchObject({ state: "completed", answeredAt: t0 + 6_000, endedAt: t0 + 49_000, durationSeconds: 43 });
});

test("a caller who hangs up while it rings is the reason", () => {
  expect(fold([step(1, 0, dial(1)), said("cancel", 5)])).toMatchObject({ status: "canceled", reason: "caller_gone" });
});

test("a silent call that was connected ended completed, another one unanswered", () => {
  const timeout: JournalEvent = { ...of, at: t0 + 500_000, type: "timeout", was: "open", step: 1, evidence: timeoutEvidence(t0 + 500_000) };
  expect(fold([step(1, 0, dial(1)), timeout])).toMatchObject({ state: "timeout", status: "no-answer" });
  expect(fold([step(1, 0, dial(1)), said("connected", 3), timeout])).toMatchObject({
    state: "timeout",
    status: "completed",
    answered: true,
  });
});

test("the local answer takes the place of the one that Redis gave too late", () => {
  const superseded: JournalEvent = { ...of, at: t0 + 9_000, type: "superseded", step: 1, agentId: agt(1) };
  const local = step(1, 1, dial(2), { degraded: true });
  const call = fold([step(1, 0, dial(1)), superseded, local]);
  expect(call).toMatchObject({ degraded: true, agentId: agt(2) });
  expect(call.attempts).toHaveLength(1);
  expect(fold([step(1, 0, dial(1)), superseded])).toMatchObject({ agentId: null, attempts: [] });
  const same = step(1, 1, dial(1), { degraded: true });
  expect(fold([superseded, same]).attempts).toHaveLength(1);
});

test("a report of an unknown call begins its record, and the steps that come later complete it", () => {
  const early: JournalEvent = {
    ...said("ringing", 1),
    facts: { ...facts, ruleId: null, receivedAt: t0 + 1_000, sipCallIds: ["z@10.0.0.5"] },
  } as JournalEvent;
  expect(fold([early])).toMatchObject({ state: "ringing", reason: null, startedAt: t0 + 1_000, ruleId: null });
  const call = fold([early, step(1, 0, dial(1))]);
  expect(call).toMatchObject({ state: "ringing", reason: "matched", startedAt: t0, ruleId: rul(1) });
  expect(call.facts?.sipCallIds).toEqual(["abc@10.0.0.5", "z@10.0.0.5"]);
});

test("an agent that was itself the target belongs to no group", () => {
  expect(fold([step(1, 0, dial(1, agt(1) as never))])).toMatchObject({ agentId: agt(1), groupId: null });
});

const results: DialResult[] = ["completed", "busy", "no-answer", "failed", "canceled", "unknown"];
const anyDecision = fc.oneof(
  fc.tuple(fc.nat(2), fc.constantFrom(grp(1), grp(2))).map(([agent, target]) => dial(agent, target)),
  fc.constant<Decision>({ ...base, kind: "number", number: "+1", trunk: "a", callerId: null, ...limits }),
  fc.constant<Decision>({ ...base, kind: "message", text: "Sorry", language: null, fallback: { type: "message", text: "Sorry" } }),
  fc.constantFrom<Decision>(hangup, { ...base, reason: "caller_gone", kind: "hangup" }, { ...base, kind: "reject", rejectAs: "busy" }),
);
const anyFacts = fc
  .record({
    receivedAt: fc.nat(3),
    from: fc.constantFrom("+1", "+2"),
    sipCallIds: fc.uniqueArray(fc.constantFrom(..."abcdefghijkl"), { maxLength: 6 }),
  })
  .map((parts) => ({ ...facts, ...parts }));
const anyStep = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.nat(5), anyDecision, fc.boolean(), fc.option(fc.constantFrom(...results)), anyFacts)
  .map(([number, seconds, decision, degraded, result, some]) =>
    step(number, seconds, decision, {
      degraded,
      facts: some,
      ended: result === null || number === 1 ? null : ended(number - 1, 1, result),
      evidence: result !== null && decision.kind === "hangup" ? evidenceOfDialResult(result, t0 + seconds) : null,
    }),
  );
const anyTime = fc.option(
  fc.nat(9).map((seconds) => (seconds === 0 ? 0 : t0 + seconds * 1_000)),
  { nil: null },
);
const anyReport = fc
  .tuple(
    fc.constantFrom("session_update", "cdr"),
    fc.constantFrom("ringing", "connected", "busy", "cancel", "external", "ANSWER", "FAILED", "ODD"),
    fc.nat(5),
    anyTime,
    anyTime,
    fc.option(fc.nat(3)),
    fc.option(anyFacts),
  )
  .map(
    ([source, word, seconds, answeredAt, endedAt, billSeconds, some]): JournalEvent =>
      ({ ...report(source as "cdr", word, seconds, { answeredAt, endedAt, billSeconds }), facts: some, sipCallIds: ["q"] }) as JournalEvent,
  );
const other = fc
  .tuple(fc.constantFrom("timeout", "superseded", "lease_retaken"), fc.integer({ min: 1, max: 4 }), fc.nat(2), fc.nat(5))
  .map(
    ([type, number, agent, seconds]): JournalEvent =>
      type === "timeout"
        ? { ...of, at: t0, type, was: "open", step: number, evidence: timeoutEvidence(t0 + seconds) }
        : { ...of, at: t0 + seconds, type: type as "superseded", step: number, agentId: agt(agent) },
  );
const someEvents = fc.array(fc.oneof(anyStep, anyReport, other), { minLength: 1, maxLength: 12 });

test("any order and any repetition of the same events ends the same, also when stored and read back in between", () => {
  const shuffled = someEvents.chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray([...list, ...list], { minLength: list.length }),
      fc.nat(),
      fc.infiniteStream(fc.boolean()),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([list, mixed, , stores]) => {
      let known: CallProjection | null = null;
      for (const event of [...mixed, ...list]) {
        const { facts: keptFacts, memory }: Pick<CallProjection, "facts" | "memory"> = foldCall(known, event);
        const kept: unknown = stores.next().value ? JSON.parse(JSON.stringify({ memory, facts: keptFacts })) : { facts: keptFacts, memory };
        known = foldCall(kept as CallProjection, event);
      }
      expect(known).toEqual(fold(list));
    }),
    { seed, numRuns: 3_000 },
  );
});

test("a call that has ended never opens again", () => {
  fc.assert(
    fc.property(someEvents, someEvents, (before, after) => {
      const first = fold(before);
      fc.pre(first.evidence.rank === 4);
      const reported = after.filter(({ type }) => type === "report" || type === "timeout");
      expect(fold([...before, ...reported]).evidence.rank).toBe(4);
    }),
    { seed, numRuns: 1_000 },
  );
});
