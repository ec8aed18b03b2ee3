/** What a caller or a called party is compared as: one spelling of each number, extensions and texts beside them. */
import { AsYouType, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

export type DialNumber =
  /** E.164, `+` and at most 15 digits. */
  | { kind: "number"; value: string }
  /** Fewer than seven digits, as they are. */
  | { kind: "extension"; value: string }
  /** A name, `anonymous`, a SIP address: lower-cased. */
  | { kind: "text"; value: string };

const separators = /[\s\-.()[\]]/g;
const international = /^\+\d{1,15}$/;
const digitsOnly = /^\d{1,15}$/;
const fewestDigitsOfNumber = 7;

/** Drops what people write between digits; a leading `00` becomes `+`. */
export const stripSeparators = (raw: string): string => {
  const bare = raw.replace(separators, "");
  return bare.startsWith("00") ? `+${bare.slice(2)}` : bare;
};

/**
 * One spelling of what the platform or an operator wrote. `country` (ISO 3166 alpha-2) is where national numbers, those
 * beginning with 0, belong; null or unknown leaves them as written behind a `+`.
 */
export const normaliseNumber = (raw: string, country: string | null): DialNumber => {
  const bare = stripSeparators(raw);
  if (international.test(bare)) return { kind: "number", value: bare };
  if (!digitsOnly.test(bare)) return { kind: "text", value: raw.trim().toLowerCase() };
  if (bare.length < fewestDigitsOfNumber) return { kind: "extension", value: bare };
  return { kind: "number", value: (bare.startsWith("0") ? nationalNumber(bare, country) : null) ?? `+${bare}` };
};

const written = /^\d{7,18}$/;

/**
 * Every number (E.164) that this writing may stand for: without a plus, digits are a whole number, or one of `country` as people
 * there write or dial it.
 */
export const numbersMeant = (raw: string, country: string | null): string[] => {
  const bare = stripSeparators(raw);
  if (international.test(bare)) return bare.length > fewestDigitsOfNumber ? [bare] : [];
  if (!written.test(bare)) return [];
  const national = nationalNumber(bare, country);
  return [...(national === null ? [] : [national]), ...(bare.length <= 15 && national !== `+${bare}` ? [`+${bare}`] : [])];
};

const nationalNumber = (digits: string, country: string | null): string | null => {
  if (country === null || !isSupportedCountry(country)) return null;
  return parsePhoneNumberFromString(digits, country)?.number ?? null;
};

/** The first digits of a national number, beginning with 0, as the first digits of the whole one; null where that is unknown. */
export const nationalPrefix = (digits: string, country: string | null): string | null => {
  if (country === null || !isSupportedCountry(country)) return null;
  const typed = new AsYouType(country);
  typed.input(digits);
  return typed.getNumberValue() ?? null;
};

/** The comparable string. Kinds never meet: a number begins with `+`, an extension with a digit, a text is neither. */
export const numberKey = (number: DialNumber): string => (number.kind === "text" ? `~${number.value}` : number.value);

const shown = 4;
const fewestHidden = 3;
const hidden = "•••";

/** For people who may not see numbers: `+1555•••4567`. At least three digits are hidden; what is short or no number is hidden whole. */
export const maskNumber = (text: string): string => {
  const bare = stripSeparators(text);
  const plus = bare.startsWith("+") ? "+" : "";
  const digits = plus === "" ? bare : bare.slice(1);
  if (!/^\d+$/.test(digits) || digits.length <= shown + fewestHidden) return hidden;
  const first = Math.min(shown, digits.length - shown - fewestHidden);
  return `${plus}${digits.slice(0, first)}${hidden}${digits.slice(-shown)}`;
};
