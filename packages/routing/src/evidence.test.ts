import fc from "fast-check";
import { expect, test } from "vitest";
import { readDialResult } from "./cloudonix-words.ts";
import {
  type CallState,
  compareEvidence,
  type Evidence,
  evidenceOfDialResult,
  evidenceOfDisposition,
  evidenceOfSessionStatus,
  openEvidence,
  statusOf,
  strongest,
  timeoutEvidence,
} from "./evidence.ts";
import { healthPoints, readDialVerdict } from "./failover.ts";
import { reasons } from "./reason.ts";
import { reasonText } from "./reason-text.ts";

const seed = 20260106;

test.each([
  ["new", "initiated"],
  ["processing", "ringing"],
  ["Ringing", "ringing"],
  ["answer", "connected"],
  ["CONNECTED", "connected"],
])("session status %s moves an open call to %s", (word, state) => {
  expect(evidenceOfSessionStatus(word, null, 5)).toEqual(openEvidence(state as "ringing"));
});

test.each(["busy", "noanswer", "no-answer", "failed", "congestion", "external", "whatever", ""])(
  "a leg's %j without an end time is timeline only",
  (word) => {
    expect(evidenceOfSessionStatus(word, null, 5)).toBeNull();
  },
);

test.each([
  ["busy", 9, "busy"],
  ["NoAnswer", 9, "no-answer"],
  ["failed", 9, "failed"],
  ["congestion", 9, "failed"],
  ["connected", 9, "completed"],
  ["ringing", 9, "timeout"],
  ["external", 9, "timeout"],
  ["never heard of", 9, "timeout"],
  ["cancel", null, "canceled"],
  ["nocredit", null, "failed"],
  ["error", null, "failed"],
] as const)("session status %s with end time %s ends the call as %s", (word, end, state) => {
  expect(evidenceOfSessionStatus(word, end, 5)).toMatchObject({ state, rank: 4, source: 2, at: 5 });
});

test.each([
  ["ANSWER", "completed"],
  ["ANSWERED", "completed"],
  ["CONNECTED", "completed"],
  ["BUSY", "busy"],
  ["CANCEL", "canceled"],
  ["FAILED", "failed"],
  ["CONGESTION", "failed"],
  ["NOANSWER", "no-answer"],
  ["NO ANSWER", "no-answer"],
])("disposition %s is %s", (word, state) => {
  expect(evidenceOfDisposition(word, 7, 0)).toMatchObject({ state, rank: 4, source: 4, at: 7 });
});

test("a disposition that nobody knows proves nothing", () => {
  expect([evidenceOfDisposition("ODD", 7, 3), evidenceOfDisposition("", 7, 3)]).toEqual([null, null]);
});

const order = (...list: (Evidence | null)[]): void => {
  const evidence = list.filter((each) => each !== null);
  expect(evidence).toHaveLength(list.length);
  for (const [index, each] of evidence.entries()) {
    const next = evidence[index + 1];
    if (next) expect(compareEvidence(each, next)).toBeLessThan(0);
  }
};

test("open words rise from initiated to connected, and any end is above them", () => {
  order(openEvidence("initiated"), openEvidence("routing"), openEvidence("ringing"), openEvidence("connected"), timeoutEvidence(0));
});

test("the strongest source ends a call: CDR, dial result, session update, sweep, whatever their times", () => {
  order(
    timeoutEvidence(99),
    evidenceOfSessionStatus("cancel", null, 98),
    evidenceOfDialResult("busy", 97),
    evidenceOfDisposition("FAILED", 1, 0),
  );
});

test("within a source the latest counts, then of CDRs the longer, then completed, busy, no-answer, canceled, failed", () => {
  order(evidenceOfDisposition("ANSWER", 1, 99), evidenceOfDisposition("FAILED", 2, 0), evidenceOfDisposition("FAILED", 2, 1));
  order(...(["failed", "canceled", "no-answer", "busy", "completed"] as const).map((result) => evidenceOfDialResult(result, 5)));
  order(...["FAILED", "CANCEL", "NOANSWER", "BUSY", "ANSWER"].map((word) => evidenceOfDisposition(word, 5, 3)));
});

test("the greatest of a set of evidence does not depend on its order", () => {
  const word = fc.constantFrom("new", "ringing", "connected", "busy", "cancel", "error", "external");
  const evidence = fc.oneof(
    fc.tuple(word, fc.option(fc.nat(3)), fc.nat(3)).map(([text, end, at]) => evidenceOfSessionStatus(text, end, at)),
    fc
      .tuple(fc.constantFrom("completed", "busy", "unknown", "canceled"), fc.nat(3))
      .map(([result, at]) => evidenceOfDialResult(result as "busy", at)),
    fc
      .tuple(fc.constantFrom("ANSWER", "BUSY", "FAILED"), fc.nat(3), fc.nat(3))
      .map(([text, at, bill]) => evidenceOfDisposition(text, at, bill)),
    fc.nat(3).map(timeoutEvidence),
  );
  const both = fc
    .array(evidence, { minLength: 1, maxLength: 8 })
    .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
  const greatest = (list: (Evidence | null)[]) =>
    list.reduce<Evidence>((best, each) => (each ? strongest(best, each) : best), openEvidence("initiated"));
  fc.assert(
    fc.property(both, ([list, shuffled]) => {
      expect(greatest([...shuffled, ...shuffled])).toEqual(greatest(list));
    }),
    { seed, numRuns: 2_000 },
  );
});

test("a late ringing does not reopen a call that has ended", () => {
  const ended = evidenceOfDisposition("ANSWER", 5, 42);
  expect(ended && strongest(openEvidence("ringing"), ended).state).toBe("completed");
});

test("every state has its stored status, and a timeout's depends on whether the call was ever connected", () => {
  const states: CallState[] = [
    "initiated",
    "routing",
    "ringing",
    "connected",
    "completed",
    "busy",
    "no-answer",
    "canceled",
    "failed",
    "timeout",
  ];
  expect(states.map((state) => statusOf(state, false))).toEqual([
    "queued",
    "ringing",
    "ringing",
    "in-progress",
    "completed",
    "busy",
    "no-answer",
    "canceled",
    "failed",
    "no-answer",
  ]);
  expect(statusOf("timeout", true)).toBe("completed");
});

test.each([
  ["completed", "completed", "over", 0],
  ["ANSWERED", "completed", "over", 0],
  ["busy", "busy", "next", 1],
  ["no-answer", "no-answer", "next", 2],
  ["NoAnswer", "no-answer", "next", 2],
  ["failed", "failed", "next", 2],
  ["congestion", "failed", "next", 2],
  ["canceled", "canceled", "caller_gone", null],
  ["unknown", "unknown", "next", 2],
  ["in-progress", "unknown", "next", 2],
  ["", "unknown", "next", 2],
])("dial result %j is %s: %s, health points %s", (word, result, verdict, points) => {
  const read = readDialResult(word);
  expect([read, readDialVerdict(read, 0).kind, healthPoints(read)]).toEqual([result, verdict, points]);
});

test("a second dial without a result is no result; one with a result is judged as ever", () => {
  expect(readDialVerdict("unknown", 1)).toEqual({ kind: "no_result" });
  expect(readDialVerdict("busy", 1)).toEqual({ kind: "next" });
});

test("every reason has its words and says what to do", () => {
  for (const reason of reasons) {
    const { text, advice } = reasonText(reason);
    expect(text).toMatch(/\.$/);
    expect(advice).toMatch(/\.$/);
  }
  expect(new Set(reasons.map((reason) => reasonText(reason).text)).size).toBe(reasons.length);
});
