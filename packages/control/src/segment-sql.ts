/** Stretches of time as a condition on the keys of what figures are kept in. */
import type { SqlValue } from "./sql.ts";
import type { Segment } from "./summary-range.ts";

/** On `size` and `start_at`; to stand behind the columns before them in the key. */
export const inSegments = (segments: Segment[]): { sql: string; values: SqlValue[] } => ({
  sql: `(${segments.map(() => "(size = ? AND start_at >= ? AND start_at < ?)").join(" OR ")})`,
  values: segments.flatMap(({ size, fromMs, toMs }) => [size, new Date(fromMs), new Date(toMs)]),
});
