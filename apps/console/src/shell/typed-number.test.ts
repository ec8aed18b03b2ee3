import { expect, test } from "vitest";
import { typedCallId, typedNumber } from "./typed-number.ts";

test.each([
  ["+44 20 7946 0018", "+442079460018"],
  ["(415) 555-0123", "4155550123"],
  [" +15550100199 ", "+15550100199"],
  ["1234", null],
  ["+1234567890123456", null],
  ["sales", null],
  ["2 agents", null],
  ["", null],
])("“%s” is the number %s", (typed, number) => {
  expect(typedNumber(typed)).toBe(number);
});

test.each([
  ["cal_abc123", "cal_abc123"],
  [" cal_abc123 ", "cal_abc123"],
  ["cal_", null],
  ["agt_abc", null],
])("“%s” is the call %s", (typed, id) => {
  expect(typedCallId(typed)).toBe(id);
});
