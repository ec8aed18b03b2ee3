/** A number from its end: its digits, the last one first, so that an index finds it whole or by its last digits however it was written. */
import { normaliseNumber, stripSeparators } from "@switchboard/routing/number";

/** Of the column; a number has at most fifteen digits, only texts are cut. */
export const tailLength = 32;

/** What is no number is turned round as it is. */
export function tailOf(number: string): string {
  const bare = stripSeparators(number);
  return turned(/^\+?\d+$/.test(bare) ? bare.replace("+", "") : number);
}

/** Of everything that this number may have been sent as. */
export const tailsOf = (number: string): string[] => [...new Set([tailOf(number), tailOf(normaliseNumber(number, null).value)])];

/** By characters, as the database counts them. */
const turned = (text: string): string => [...text].toReversed().slice(0, tailLength).join("");
