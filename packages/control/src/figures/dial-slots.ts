/** Where a dial is counted: in a row per day with a column for each hour, and in one per hour with a column for five minutes each. */

export type DialCounts = {
  table: "dials_by_day" | "dials_by_hour";
  /** The column that says which day or hour since the epoch. */
  unit: "day" | "hour";
  unitMs: number;
  slotMs: number;
  /** A row's, in the order of time. */
  columns: readonly string[];
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const columnsOf = (letter: string, count: number, step: number): string[] =>
  Array.from({ length: count }, (_, slot) => `${letter}${String(slot * step).padStart(2, "0")}`);

export const byDay: DialCounts = {
  ...{ table: "dials_by_day", unit: "day", unitMs: 24 * hourMs, slotMs: hourMs },
  columns: columnsOf("h", 24, 1),
};
export const byHour: DialCounts = {
  ...{ table: "dials_by_hour", unit: "hour", unitMs: hourMs, slotMs: 5 * minuteMs },
  columns: columnsOf("m", 12, 5),
};

/** Which row, and which of its columns. */
export function placeIn({ unitMs, slotMs, columns }: DialCounts, at: number): { unit: number; slot: number; column: string } {
  const [unit, slot] = [Math.floor(at / unitMs), Math.floor((at % unitMs) / slotMs)];
  return { unit, slot, column: columns[slot] ?? "" };
}
