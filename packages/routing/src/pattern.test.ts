import fc from "fast-check";
import { expect, test } from "vitest";
import { normaliseNumber } from "./number.ts";
import { type Pattern, parsePattern, parsePrefix } from "./pattern.ts";
import { changeUnder, createPatternMap, valuesFor } from "./pattern-map.ts";

const seed = 20260102;

const isMatch = (text: string, number: string, country: string | null = null): boolean => {
  const parsed = parsePattern(text, country);
  if (!parsed.ok) throw new Error(parsed.message);
  const map = createPatternMap<string>();
  changeUnder(map, parsed.pattern, () => text);
  return valuesFor(map, normaliseNumber(number, country)).length > 0;
};

test.each([
  ["", "empty"],
  ["   ", "empty"],
  ["invalid@pattern", "not a number"],
  ["+1415abc", "not a number"],
  ["+1*415", "last character"],
  ["**", "last character"],
  ["+*", "no digit before"],
  ["+", "no digit before"],
  ["1".repeat(25), "at most 15 digits"],
  ["+1234567890123456*", "at most 15 digits"],
  ["^\\+1.*$", "last character"],
])("%j is refused, with the reason in words", (text, words) => {
  const parsed = parsePattern(text, null);
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) expect(parsed.message).toContain(words);
});

test("a prefix matches what begins with it and nothing else", () => {
  expect(isMatch("+123*", "+1234567890")).toBe(true);
  expect(isMatch("+123*", "+4412345")).toBe(false);
  expect(["+1234567890", "+1234567891", "+0987654321"].map((number) => isMatch("123*", number))).toEqual([true, true, false]);
});

test("a short prefix without + begins extensions and numbers, one with + numbers only", () => {
  expect(isMatch("10*", "1001")).toBe(true);
  expect(isMatch("10*", "+10123456789")).toBe(true);
  expect(isMatch("+10*", "1001")).toBe(false);
});

test("patterns are normalised like numbers", () => {
  expect(isMatch("+1 (415) 555-0123", "14155550123")).toBe(true);
  expect(isMatch("001415*", "+14155550123")).toBe(true);
  expect(isMatch("020*", "+442079460000", "GB")).toBe(true);
  expect(isMatch("020 7946 0000", "+442079460000", "GB")).toBe(true);
  expect(isMatch("06*", "+390612345678", "IT")).toBe(true);
});

test("only * matches a name", () => {
  expect(isMatch("*", "anonymous")).toBe(true);
  expect(isMatch("*", "alice@host")).toBe(true);
  expect(isMatch("1*", "1-alice")).toBe(false);
});

test("no text whatever makes the parser throw, and what it accepts has a meaning", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+0-9* ().-]{0,20}$/)), (text) => {
      const parsed = parsePattern(text, "GB");
      if (!parsed.ok) expect(parsed.message).not.toBe("");
      const pattern: Pattern = parsed.ok ? parsed.pattern : { kind: "any" };
      const keys = pattern.kind === "any" ? [] : pattern.kind === "exact" ? [pattern.key] : pattern.keys;
      for (const key of keys) expect(key).toMatch(/^\+?\d{1,17}$/);
    }),
    { seed, numRuns: 3_000 },
  );
});

test("a number matches itself and each of its prefixes as patterns", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+[0-9]{7,15}$/), fc.nat(), (number, cut) => {
      expect(isMatch(number, number)).toBe(true);
      expect(isMatch(`${number.slice(0, 2 + (cut % (number.length - 1)))}*`, number)).toBe(true);
    }),
    { seed, numRuns: 2_000 },
  );
});

const prefixOf = (text: string | null) => {
  const parsed = parsePrefix(text, null);
  return parsed.ok ? parsed.prefix : parsed.message;
};

test("an outbound side is a prefix, a country or nothing", () => {
  const any: Pattern = { kind: "any" };
  expect([null, "", "*"].map(prefixOf)).toEqual([any, any, any]);
  expect(prefixOf("+44 20")).toEqual({ kind: "prefix", keys: ["+4420"] });
  expect(prefixOf("+4420*")).toEqual({ kind: "prefix", keys: ["+4420"] });
  expect(prefixOf("gb")).toEqual({ kind: "country", country: "GB", callingCode: "44" });
  expect(prefixOf("XX")).toContain("no country");
  expect(prefixOf("England")).toContain("not a number");
});
