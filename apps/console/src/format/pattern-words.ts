/** Which numbers a rule is about, in words. */
import { parsePattern, parsePrefix, type Pattern } from "@switchboard/routing/pattern";
import { AsYouType, parsePhoneNumberFromString } from "libphonenumber-js/min";

/** `number` stands behind the words, in figures. */
export type PatternPhrase = { words: string; number: string | null };

const begun = (digits: string): string => new AsYouType().input(digits);

const prefixPhrase = (keys: readonly string[]): PatternPhrase => {
  const [first = "", whole] = keys;
  // Short digits may begin either.
  return whole === undefined
    ? { words: "numbers beginning", number: begun(first) }
    : { words: `extensions beginning ${first}, and numbers beginning`, number: begun(whole) };
};

const patternPhrase = (pattern: Pattern): PatternPhrase => {
  switch (pattern.kind) {
    case "any":
      return { words: "everything else", number: null };
    case "exact":
      return pattern.key.startsWith("+")
        ? { words: "", number: parsePhoneNumberFromString(pattern.key)?.formatInternational() ?? pattern.key }
        : { words: "extension", number: pattern.key };
    case "prefix":
      return prefixPhrase(pattern.keys);
  }
};

/** An inbound rule's pattern; as it stands where it can't be read, which is so for a masked number. */
export const phraseOfPattern = (text: string, country: string | null): PatternPhrase => {
  const parsed = parsePattern(text, country);
  return parsed.ok ? patternPhrase(parsed.pattern) : { words: "", number: text };
};

const regions = new Intl.DisplayNames(undefined, { type: "region" });

/** An outbound rule's destination or caller, or an entry of the deny list. `any`: what nothing said means. */
export const phraseOfPrefix = (text: string | null, country: string | null, any = "every number"): PatternPhrase => {
  const parsed = parsePrefix(text, country);
  if (!parsed.ok) return { words: "", number: text };
  const { prefix } = parsed;
  if (prefix.kind === "any") return { words: any, number: null };
  if (prefix.kind === "country") return { words: `${regions.of(prefix.country) ?? prefix.country}, all numbers`, number: null };
  return prefixPhrase(prefix.keys);
};

export const textOfPhrase = ({ words, number }: PatternPhrase): string => [words, number].filter(Boolean).join(" ");

/** What is wrong with a pattern while it is typed, or what it will match. */
export type PatternReading = { ok: true; text: string } | { ok: false; message: string };

export const readPattern = (text: string, country: string | null): PatternReading => {
  const parsed = parsePattern(text, country);
  if (!parsed.ok) return parsed;
  const { pattern } = parsed;
  if (pattern.kind === "any") return { ok: true, text: "Every number that no rule before it takes." };
  const phrase = textOfPhrase(patternPhrase(pattern));
  return { ok: true, text: pattern.kind === "exact" ? `Only ${phrase}.` : `All ${phrase}.` };
};

export const readPrefix = (text: string | null, country: string | null): PatternReading => {
  const parsed = parsePrefix(text, country);
  if (!parsed.ok) return parsed;
  if (parsed.prefix.kind === "any") return { ok: true, text: "Every number." };
  if (parsed.prefix.kind === "country")
    return { ok: true, text: `All numbers of ${regions.of(parsed.prefix.country)}, by its numbering plan.` };
  return { ok: true, text: `All ${textOfPhrase(prefixPhrase(parsed.prefix.keys))}.` };
};
