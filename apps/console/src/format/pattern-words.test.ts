import { expect, test } from "vitest";
import { phraseOfPattern, phraseOfPrefix, readPattern, readPrefix, textOfPhrase } from "./pattern-words.ts";

test.each([
  ["+18005550100", null, "+1 800 555 0100"],
  ["1 (800) 555-0100", null, "+1 800 555 0100"],
  ["+4420*", null, "numbers beginning +44 20"],
  ["020*", "GB", "extensions beginning 020, and numbers beginning +44 20"],
  ["020 7946 0018", "GB", "+44 20 7946 0018"],
  ["1234", null, "extension 1234"],
  ["12*", null, "extensions beginning 12, and numbers beginning +1 2"],
  ["*", null, "everything else"],
  ["+1555•••0100", null, "+1555•••0100"],
])("the pattern %s (country %s) reads: %s", (pattern, country, words) => {
  expect(textOfPhrase(phraseOfPattern(pattern, country))).toBe(words);
});

test.each([
  [null, "every number"],
  ["+4420", "numbers beginning +44 20"],
  ["GB", "United Kingdom, all numbers"],
])("the destination %s reads: %s", (prefix, words) => {
  expect(textOfPhrase(phraseOfPrefix(prefix, null))).toBe(words);
});

test("what is typed is explained, or said to be wrong, in words", () => {
  expect(readPattern("020 7946 0018", "GB")).toEqual({ ok: true, text: "Only +44 20 7946 0018." });
  expect(readPattern("+1800*", null)).toEqual({ ok: true, text: "All numbers beginning +1 800." });
  expect(readPattern("*", null)).toEqual({ ok: true, text: "Every number that no rule before it takes." });
  expect(readPattern("+18*00", null)).toEqual({ ok: false, message: "The * must be the last character." });
  expect(readPrefix("US", null)).toEqual({ ok: true, text: "All numbers of United States, by its numbering plan." });
  expect(readPrefix("XX", null)).toMatchObject({ ok: false });
});
