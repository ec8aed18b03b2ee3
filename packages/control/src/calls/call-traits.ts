/** What is yes or no about a call, a bit each in one column: one narrow index then serves every such filter, alone and together. */
import type { Direction } from "@switchboard/routing/decision";

/** What a figure counts, so that the calls behind it can be listed. */
export type CallOutcome = "answered" | "not_answered" | "failed_over" | "fallback";

type Traits = { direction: Direction; test: boolean; answered: boolean; failedOver: boolean; fallback: boolean };

const bits = { outbound: 1, test: 2, answered: 4, failedOver: 8, fallback: 16 } as const;
const everyValue = Array.from({ length: 32 }, (_, value) => value);

export const traitsOf = ({ direction, test, answered, failedOver, fallback }: Traits): number =>
  (direction === "outbound" ? bits.outbound : 0) |
  (test ? bits.test : 0) |
  (answered ? bits.answered : 0) |
  (failedOver ? bits.failedOver : 0) |
  (fallback ? bits.fallback : 0);

export type TraitFilters = { direction?: Direction | undefined; test?: boolean | undefined; outcome?: CallOutcome | undefined };

/** The values of the column that these filters let pass; null when they ask for nothing. */
export function traitsWanted({ direction, test, outcome }: TraitFilters): number[] | null {
  const wanted: [bit: number, isSet: boolean][] = [];
  if (direction !== undefined) wanted.push([bits.outbound, direction === "outbound"]);
  if (test !== undefined) wanted.push([bits.test, test]);
  if (outcome !== undefined) wanted.push(outcomeBit(outcome));
  if (wanted.length === 0) return null;
  return everyValue.filter((value) => wanted.every(([bit, isSet]) => ((value & bit) !== 0) === isSet));
}

function outcomeBit(outcome: CallOutcome): [bit: number, isSet: boolean] {
  switch (outcome) {
    case "answered":
      return [bits.answered, true];
    case "not_answered":
      return [bits.answered, false];
    case "failed_over":
      return [bits.failedOver, true];
    case "fallback":
      return [bits.fallback, true];
  }
}
