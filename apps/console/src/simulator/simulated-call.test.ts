import { expect, test } from "vitest";
import type { Simulation } from "../api/answers.ts";
import { ladderOf } from "./simulated-call.ts";

const rung = (place: string) => ({ called: "*", caller: null, priority: 100, enabled: true, place, target: null, trunks: [] });

test("the ladder stands in the order in which the call tried the rules, the one that took it among them", () => {
  const simulation: Simulation = {
    outcome: "dial",
    reason: "matched",
    reasonText: "",
    advice: "",
    degraded: false,
    rule: { id: "took", pattern: "*", ...rung("2") },
    passedOver: [
      { ruleId: "later", why: "priority 300 comes after 100", ...rung("3") },
      { ruleId: "other-caller", why: "the caller does not match", ...rung("1") },
    ],
    fallback: null,
    agent: null,
    trunk: null,
    cxml: "",
    candidates: [],
  };
  expect(ladderOf(simulation).map(({ id, why }) => [id, why])).toEqual([
    ["other-caller", "the caller does not match"],
    ["took", null],
    ["later", "priority 300 comes after 100"],
  ]);
});
