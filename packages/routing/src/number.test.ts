import fc from "fast-check";
import { expect, test } from "vitest";
import { maskNumber, normaliseNumber, numberKey } from "./number.ts";

const seed = 20260101;
const key = (raw: string, country: string | null = null): string => numberKey(normaliseNumber(raw, country));

test.each([
  ["+1 (415) 555-01.23", null, "+14155550123"],
  ["0044 20 7946 0000", null, "+442079460000"],
  ["442079460000", null, "+442079460000"],
  ["4412345", null, "+4412345"],
  ["+0987654321", null, "+0987654321"],
  ["020 7946 0000", "GB", "+442079460000"],
  ["06 1234 5678", "IT", "+390612345678"],
  ["06 12 34 56 78", "FR", "+33612345678"],
  ["0987654321", null, "+0987654321"],
  ["0987654321", "XX", "+0987654321"],
])("%s in %s is the number %s", (raw, country, expected) => {
  expect(normaliseNumber(raw, country)).toEqual({ kind: "number", value: expected });
});

test("fewer than seven digits are an extension and stay as they are", () => {
  expect(normaliseNumber("1001", "GB")).toEqual({ kind: "extension", value: "1001" });
  expect(normaliseNumber("012", "GB")).toEqual({ kind: "extension", value: "012" });
});

test.each(["anonymous", "Alice", "sip:bob@host.example", "", "+", "+1415abc", "1234567890123456"])(
  "%j is compared as text, lower-cased",
  (raw) => {
    expect(normaliseNumber(raw, "US")).toEqual({ kind: "text", value: raw.toLowerCase() });
  },
);

test("normalising what was normalised changes nothing", () => {
  const written = fc.stringMatching(/^(\+|00|0)?[0-9 .()-]{1,18}$/);
  fc.assert(
    fc.property(written, fc.constantFrom(null, "GB", "US", "IT"), (raw, country) => {
      const once = normaliseNumber(raw, country);
      expect(normaliseNumber(once.value, country)).toEqual(once);
    }),
    { seed, numRuns: 2_000 },
  );
});

test("what people write between the digits makes no difference", () => {
  const digits = fc.stringMatching(/^[1-9][0-9]{7,14}$/);
  fc.assert(
    fc.property(digits, fc.array(fc.constantFrom(" ", "-", ".", "(", ")", ""), { minLength: 15, maxLength: 15 }), (number, between) => {
      const spread = [...number].map((digit, index) => digit + (between[index] ?? "")).join("");
      expect(key(`+${spread}`)).toBe(`+${number}`);
      expect(key(spread)).toBe(`+${number}`);
      expect(key(`00${spread}`)).toBe(`+${number}`);
    }),
    { seed, numRuns: 2_000 },
  );
});

test("a text can't be taken for a number or an extension", () => {
  fc.assert(
    fc.property(fc.string(), (raw) => {
      const number = normaliseNumber(raw, null);
      expect(/^[+\d]/.test(numberKey(number))).toBe(number.kind !== "text");
    }),
    { seed, numRuns: 2_000 },
  );
});

test.each([
  ["+15551234567", "+1555•••4567"],
  ["+1 (555) 123-4567", "+1555•••4567"],
  ["15551234567", "1555•••4567"],
  ["+12345678", "+1•••5678"],
  ["+1234567", "•••"],
  ["1001", "•••"],
  ["alice", "•••"],
  ["sip:15551234567@host", "•••"],
])("%s is shown as %s to people who may not see it", (raw, shown) => {
  expect(maskNumber(raw)).toBe(shown);
});

test("a mask shows at most eight digits and hides at least three", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?[0-9]{1,15}$/), (raw) => {
      const shown = maskNumber(raw).replace(/\D/g, "").length;
      expect(shown).toBeLessThanOrEqual(8);
      expect(shown).toBeLessThanOrEqual(Math.max(0, raw.replace(/\D/g, "").length - 3));
    }),
    { seed },
  );
});
