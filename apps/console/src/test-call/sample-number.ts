/** A number that a rule's pattern matches, to try the rule with. */
import { stripSeparators } from "@switchboard/routing/number";

/** Of the numbers that are kept for fiction, so that a call that is not played would disturb nobody. */
const filling = "5550100199";
const usualDigits = 11;
const mostDigits = 15;

export const sampleNumber = (pattern: string): string => {
  const bare = stripSeparators(pattern);
  if (bare === "*") return `+1${filling}`;
  if (!bare.endsWith("*")) return bare;
  const begin = bare.slice(0, -1);
  const digits = begin.replace("+", "").length;
  const missing = Math.min(Math.max(usualDigits - digits, 1), mostDigits - digits);
  return begin + filling.slice(0, Math.max(missing, 0));
};
