/** Turns what the platform sends into text that is safe to keep, to log and to put into XML. */

// Everything XML 1.0 forbids: controls but tab, newline and return, lone surrogates, and the two non-characters.
const illegal =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Nearly every field is such a text: nothing to remove, nothing to trim. */
const plain = /^[!-~](?:[ -~]*[!-~])?$/;

export const withoutIllegalCharacters = (text: string): string => text.replace(illegal, "");

/** Text or a number as text, cleaned and cut to `maxLength` characters; anything else is absent. */
export const readText = (value: unknown, maxLength: number): string | null => {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value !== "string") return null;
  if (value.length <= maxLength && plain.test(value)) return value;
  const clean = withoutIllegalCharacters(value.length > maxLength * 4 ? value.slice(0, maxLength * 4) : value).trim();
  return clean === "" ? null : clean.slice(0, maxLength);
};

const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2100, 0, 1);

const plausible = (milliseconds: number): number | null =>
  milliseconds >= earliest && milliseconds < latest ? Math.floor(milliseconds) : null;

/** Epoch milliseconds, epoch seconds or an ISO text, as milliseconds; null for zero and for absurd dates. */
export const readTime = (value: unknown): number | null => {
  if (typeof value === "number") return plausible(value) ?? plausible(value * 1000);
  if (typeof value !== "string" || value.length > 40) return null;
  if (/^\d{9,14}$/.test(value)) return readTime(Number(value));
  const parsed = Date.parse(value);
  return Number.isNaN(parsed) ? null : plausible(parsed);
};

/** Seconds as a whole number, 0 to a month; null for anything else. */
export const readSeconds = (value: unknown): number | null => {
  const seconds = typeof value === "string" && /^\d{1,8}(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof seconds === "number" && seconds >= 0 && seconds <= 2_678_400 ? Math.round(seconds) : null;
};
