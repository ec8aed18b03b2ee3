import { expect, test } from "vitest";
import { countWords } from "./count-words.ts";

test("a number that was counted is told to the last call, a guess is rounded and said to be one", () => {
  expect(countWords({ count: 1, precision: "exact" })).toBe("1 call");
  expect(countWords({ count: 987, precision: "exact" })).toBe("987 calls");
  expect(countWords({ count: 0, precision: "exact" })).toBeNull();
  expect(countWords({ count: 4_938_271, precision: "estimate" })).toBe("About 4,900,000 calls");
  expect(countWords({ count: 0, precision: "at_least" })).toBeNull();
});
