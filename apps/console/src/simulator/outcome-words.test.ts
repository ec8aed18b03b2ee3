import { expect, test } from "vitest";
import { outcomeWords } from "./outcome-words.ts";

const ava = { id: "agt_1", name: "Ava" };

test("an outcome says who gets the call, or that nobody does", () => {
  expect(outcomeWords({ outcome: "dial", agent: ava, trunk: null }, "")).toBe("Ava would get this call.");
  expect(outcomeWords({ outcome: "dial", agent: null, trunk: "carrier-a" }, "")).toBe("This call would leave over carrier-a.");
  expect(outcomeWords({ outcome: "fallback", agent: null, trunk: null }, "Hangs up")).toBe("The fallback would take it. Hangs up.");
  expect(outcomeWords({ outcome: "fallback", agent: ava, trunk: null }, "To the group B")).toBe(
    "The fallback would take it: Ava would get this call.",
  );
  expect(outcomeWords({ outcome: "refuse", agent: null, trunk: null }, "")).toBe("Nobody would get this call.");
});
