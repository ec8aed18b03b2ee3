import { expect, test } from "vitest";
import { countPhases, filterCalls } from "./filter-calls.ts";
import { liveCall } from "./live-call-fixture.ts";

const ringing = liveCall({
  id: "cal_1",
  from: "+442079460018",
  to: "+49301234567",
  state: "ringing",
  agentName: "Ava",
  agentProvider: "vapi",
});
const connected = liveCall({
  id: "cal_2",
  agentName: "Bruno",
  agentProvider: "retell",
  groupName: "Support",
  to: "+18005550100",
  state: "connected",
});
const calls = [ringing, connected];
const found = (text: string) => filterCalls(calls, { text, phase: null }).map(({ id }) => id);

test.each([
  ["+44 20 7946", ["cal_1"]],
  ["(800) 555", ["cal_2"]],
  ["AVA", ["cal_1"]],
  ["Vapi", ["cal_1"]],
  ["support", ["cal_2"]],
  ["cal_2", ["cal_2"]],
  ["nobody", []],
  ["  ", ["cal_1", "cal_2"]],
])("what is typed is found in numbers, however written, and in names: %s", (text, ids) => {
  expect(found(text)).toEqual(ids);
});

test("a phase shows its calls alone, and the counts are those of all", () => {
  expect(filterCalls(calls, { text: "", phase: "connected" })).toEqual([connected]);
  expect(countPhases(calls)).toEqual({ routing: 0, ringing: 1, connected: 1, ended: 0 });
});
