import type { CallRecord } from "@switchboard/api/schemas/call-record";
import { expect, test } from "vitest";
import { isAnswered, storyOf } from "./story.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, seconds)).toISOString();

const attempt = (step: number, agentName: string | null, result: string | null, [from, to]: [number, number | null]) => ({
  ...{ step, agentId: `agt_${step}`, agentName, trunk: null, result },
  ...{ startedAt: at(from), endedAt: to === null ? null : at(to) },
});

const call = (fields: Partial<CallRecord>): CallRecord => ({
  ...{ id: "cal_1", session: "s", direction: "inbound", from: "+15550100001", to: "+442079460018" },
  ...{ status: "completed", state: "completed", reason: "matched", reasonText: "", degraded: false, fallbackUsed: null, test: false },
  ...{ ruleId: "rul_1", rulePattern: "+4420*", groupId: "grp_1", groupName: "Desk", agentId: null, agentName: null },
  ...{ startedAt: at(0), answeredAt: null, endedAt: at(60), ringSeconds: null, durationSeconds: null },
  ...{ attempts: [], timeline: [] },
  ...fields,
});

test("a call that failed over is told in the order in which it went", () => {
  const attempts = [attempt(1, "Ada", "busy", [0, 4]), attempt(2, "Ben", "completed", [4, 53])];
  const record = call({ attempts, answeredAt: at(11), endedAt: at(53), durationSeconds: 42 });
  expect(storyOf(record, "")).toEqual([
    "The inbound rule +4420* matched and gave the call to the group Desk.",
    "Ada was busy after 4 s, then Ben answered after 7 s.",
    "The talk lasted 42 s.",
  ]);
  expect(attempts.map((each) => isAnswered(record, each))).toEqual([false, true]);
});

test("what was done instead is told between who was tried and the end; what has been deleted since is said to be", () => {
  const record = call({
    ...{ rulePattern: null, groupId: null, groupName: null, reason: "attempts_exhausted", state: "busy" },
    ...{ attempts: [attempt(1, null, "no-answer", [1, 21])], fallbackUsed: { type: "hangup" }, endedAt: at(22) },
  });
  expect(storyOf(record, "Hangs up")).toEqual([
    "The inbound rule that has been deleted since matched.",
    "agt_1 did not answer within 20 s.",
    "Then the fallback: Hangs up.",
    "It was over after 22 s.",
  ]);
});

test.each<[string, Partial<CallRecord>, string[]]>([
  ["on the line", { endedAt: null, attempts: [attempt(1, "Ada", null, [0, null])] }, ["Ada is being dialled.", "It is on the line."]],
  [
    "talking",
    { endedAt: null, answeredAt: at(3), attempts: [attempt(1, "Ada", null, [0, null])] },
    ["Ada answered after 3 s.", "They are talking."],
  ],
  ["left", { state: "canceled", endedAt: at(9) }, ["Nobody was dialled.", "The caller left after 9 s."]],
  ["refused", { attempts: [attempt(1, "Ada", "busy", [0, 0])] }, ["Ada was busy at once.", "It was over after 60 s."]],
  ["given up", { state: "timeout" }, ["Nobody was dialled.", "Nothing more was heard of it, and it was given up."]],
])("how a call stands or ended: %s", (_name, fields, sentences) => {
  expect(storyOf(call(fields), "").slice(1)).toEqual(sentences);
});

test("an answer that is told by another clock than the dials is still that of the dial that ended with one", () => {
  const attempts = [attempt(1, "Ada", "busy", [10, 14]), attempt(2, "Ben", "completed", [14, 53])];
  const record = call({ attempts, answeredAt: at(9), endedAt: at(53), durationSeconds: 44 });
  expect(storyOf(record, "")[1]).toBe("Ada was busy after 4 s, then Ben answered.");
});

test("a spoken message makes no answer of a dial that failed", () => {
  const record = call({ attempts: [attempt(1, "Ada", "busy", [0, 4])], answeredAt: at(5), fallbackUsed: { type: "message", text: "Bye" } });
  expect(storyOf(record, "Says “Bye”, then hangs up")[1]).toBe("Ada was busy after 4 s.");
});

test("a call that no rule matched says so", () => {
  expect(storyOf(call({ ruleId: null, rulePattern: null, groupId: null }), "")[0]).toBe("No rule stands behind this call.");
});
