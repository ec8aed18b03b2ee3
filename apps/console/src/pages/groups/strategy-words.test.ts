import { expect, test } from "vitest";
import { changeOfStrategy } from "./strategy-words.ts";

const member = (name: string, priority: number, enabled = true) => ({ name, priority, enabled });

test("before priorities decide it is told who would get every call, and how many would wait for them", () => {
  const members = [member("Ava", 2), member("Bob", 1), member("Cy", 1), member("Dora", 1, false)];
  expect(changeOfStrategy("priority", members, 24)).toBe(
    "With the next call priority 1 gets everything: Bob, Cy. The other member gets calls only when none of those can take one.",
  );
});

test("a first choice of many is told by its first names and a count", () => {
  const members = ["Ava", "Bob", "Cy", "Dora", "Eve"].map((name) => member(name, 1));
  expect(changeOfStrategy("priority", members, 24)).toBe("With the next call priority 1 gets everything: Ava, Bob, Cy and 2 more.");
});

test("where nobody is enabled nobody is promised a call", () => {
  expect(changeOfStrategy("priority", [member("Ava", 1, false)], 24)).toContain("nobody is enabled yet");
});
