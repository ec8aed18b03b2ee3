import type { CallRecord } from "@switchboard/api/schemas/call-record";
import { expect, test } from "vitest";
import { linesOf } from "./timeline-words.ts";

const at = "2026-01-01T00:00:00.000Z";
const record = (timeline: { type: string; detail?: unknown }[], attempts: [string, string | null][] = []): CallRecord => ({
  id: "cal_1",
  session: "s",
  direction: "inbound",
  from: "a",
  to: "b",
  status: "completed",
  state: "completed",
  reason: "matched",
  reasonText: "",
  degraded: false,
  fallbackUsed: null,
  test: false,
  ruleId: null,
  rulePattern: null,
  groupId: null,
  groupName: null,
  agentId: null,
  agentName: null,
  startedAt: at,
  answeredAt: null,
  endedAt: null,
  ringSeconds: null,
  durationSeconds: null,
  attempts: attempts.map(([agentName, result], index) => ({
    step: index + 1,
    agentId: "agt",
    agentName,
    trunk: null,
    result,
    startedAt: at,
    endedAt: null,
  })),
  timeline: timeline.map((entry) => ({ at, ...entry })),
});
const step = (number: number, kind: string, more: object = {}) => ({
  type: "step",
  detail: { step: number, kind, link: 0, reason: "matched", degraded: false, ended: null, ...more },
});
const said = (type: string, word: string, state: string | null, billSeconds: number | null = null) => ({
  type,
  detail: { word, state, billSeconds },
});
const texts = (of: CallRecord) => linesOf(of).map(({ text, more }) => (more === null ? text : `${text} / ${more}`));

test("a failover reads as a story: who was tried, how it went, who talked, how it ended", () => {
  const story = record(
    [
      step(1, "agent", { agentId: "agt_1" }),
      said("session_update", "ringing", "ringing"),
      said("session_update", "processing", "ringing"),
      step(2, "agent", { agentId: "agt_2", ended: { step: 1, result: "busy" } }),
      said("session_update", "connected", "connected"),
      step(3, "hangup", { ended: { step: 2, result: "completed" } }),
      said("cdr", "ANSWERED", "completed", 42),
    ],
    [
      ["Ava", "busy"],
      ["Bruno", "completed"],
    ],
  );
  expect(texts(story)).toEqual([
    "Call received",
    "Ava, try 1 / Was busy.",
    "Ringing",
    "Bruno, try 2 / Answered.",
    "Connected",
    "The talk is over",
    "Billing record: answered / 42 s from answer to end.",
  ]);
});

test("a disposition that the platform writes as one word is two", () => {
  expect(texts(record([said("cdr", "NOANSWER", "no-answer", null)]))).toContain("Billing record: no answer");
});

test("why nobody took the call is said in words", () => {
  const [, line] = linesOf(record([step(1, "reject", { reason: "all_at_capacity" })]));
  expect(line).toMatchObject({ tone: "bad", text: "Rejected", more: expect.stringContaining("limit") });
});

test("what is not understood is shown as it is, and breaks nothing", () => {
  expect(
    texts(record([{ type: "step", detail: { nonsense: true } }, { type: "something_new" }, said("session_update", "external", null)])),
  ).toEqual(["Call received", "step", "something_new", "Cloudonix: external"]);
});
