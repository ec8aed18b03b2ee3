/** What an operator writes to say which numbers a rule is about: one number, a prefix, a country, or everything. No regular expressions. */
import { type CountryCode, getCountryCallingCode, isSupportedCountry } from "libphonenumber-js/min";
import { nationalPrefix, normaliseNumber, stripSeparators } from "./number.ts";

export type Pattern =
  | { kind: "any" }
  | { kind: "exact"; key: string }
  /** `keys`: what a number's key must begin with. Short digits without `+` may begin an extension or a number: both. */
  | { kind: "prefix"; keys: string[] };

/** One side of an outbound rule; `callingCode` is the country's, without `+`. */
export type DialPrefix = Exclude<Pattern, { kind: "exact" }> | { kind: "country"; country: CountryCode; callingCode: string };

export type ParsedPattern = { ok: true; pattern: Pattern } | { ok: false; message: string };
export type ParsedPrefix = { ok: true; prefix: DialPrefix } | { ok: false; message: string };

const mostDigits = 15;
const fewestDigitsOfNumber = 7;

/** What is wrong with a pattern's digits, in words; null when nothing is. */
const digitsProblem = (body: string): string | null => {
  if (body.includes("*")) return "The * must be the last character.";
  const digits = body.replace(/^\+/, "");
  if (digits === "") return "There is no digit before the *. Write * alone to match every number.";
  if (!/^\d+$/.test(digits)) return `“${body}” is not a number: use digits, with + in front and * at the end if needed.`;
  if (digits.length > mostDigits) return `A number has at most ${mostDigits} digits; this one has ${digits.length}.`;
  return null;
};

const prefixKeys = (body: string, country: string | null): string[] => {
  if (body.startsWith("+")) return [body];
  const whole = (body.startsWith("0") ? nationalPrefix(body, country) : null) ?? `+${body}`;
  return body.length < fewestDigitsOfNumber ? [body, whole] : [whole];
};

/** `+14155550123`, `+1415*` or `*`, normalised like the numbers it is compared with (routing: numbers and patterns). */
export const parsePattern = (text: string, country: string | null): ParsedPattern => {
  const bare = stripSeparators(text);
  if (bare === "") return { ok: false, message: "A pattern can't be empty. Write * to match every number." };
  if (bare === "*") return { ok: true, pattern: { kind: "any" } };
  const isPrefix = bare.endsWith("*");
  const body = isPrefix ? bare.slice(0, -1) : bare;
  const message = digitsProblem(body);
  if (message !== null) return { ok: false, message };
  if (isPrefix) return { ok: true, pattern: { kind: "prefix", keys: prefixKeys(body, country) } };
  return { ok: true, pattern: { kind: "exact", key: normaliseNumber(body, country).value } };
};

/** `+44`, `+4420` (a `*` at the end says the same) or a country (`GB`); null or empty: any number. */
export const parsePrefix = (text: string | null, country: string | null): ParsedPrefix => {
  const bare = stripSeparators(text ?? "").replace(/(?<=.)\*$/, "");
  if (bare === "" || bare === "*") return { ok: true, prefix: { kind: "any" } };
  const named = bare.toUpperCase();
  if (/^[A-Z]{2}$/.test(named)) {
    if (!isSupportedCountry(named))
      return { ok: false, message: `“${bare}” is no country with a numbering plan. Use two letters such as GB or US.` };
    return { ok: true, prefix: { kind: "country", country: named, callingCode: getCountryCallingCode(named) } };
  }
  const message = digitsProblem(bare);
  return message === null ? { ok: true, prefix: { kind: "prefix", keys: prefixKeys(bare, country) } } : { ok: false, message };
};
