import { normaliseNumber, numberKey } from "@switchboard/routing/number";
import { parsePattern } from "@switchboard/routing/pattern";
import { expect, test } from "vitest";
import { sampleNumber } from "./sample-number.ts";

const matches = (pattern: string, number: string): boolean => {
  const parsed = parsePattern(pattern, "US");
  if (!parsed.ok) return false;
  const key = numberKey(normaliseNumber(number, "US"));
  switch (parsed.pattern.kind) {
    case "any":
      return true;
    case "exact":
      return parsed.pattern.key === key;
    case "prefix":
      return parsed.pattern.keys.some((each) => key.startsWith(each));
  }
};

test.each(["*", "+14155550123", "+1 (415) 555-0123", "+1415*", "+44*", "+1*", "1*", "12*", "100", "+123456789012345", "+12345678901234*"])(
  "the number that %s is tried with is one that it matches, in digits a person could call",
  (pattern) => {
    const number = sampleNumber(pattern);
    expect(number).toMatch(/^\+?\d{1,15}$/);
    expect(matches(pattern, number)).toBe(true);
  },
);
