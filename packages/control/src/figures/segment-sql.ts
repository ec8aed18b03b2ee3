/** Reads stretches of time out of what figures are kept in. */
import type { SqlValue } from "../database/sql.ts";
import type { Segment } from "./summary-range.ts";

type Figures = {
  table: "call_rollups" | "call_sketches";
  columns: string;
  /** On the columns that stand before `size` and `start_at` in the key. */
  where: string;
  values: SqlValue[];
};

/** A table of the rows of all segments. Each is a range of the key by itself: tied together with OR, all that the tenant has is read where the server's statistics are old. */
export const rowsIn = (segments: Segment[], { table, columns, where, values }: Figures): { sql: string; values: SqlValue[] } => ({
  sql: `(${segments
    .map(() => `SELECT ${columns} FROM ${table} WHERE ${where} AND size = ? AND start_at >= ? AND start_at < ?`)
    .join(" UNION ALL ")}) r`,
  values: segments.flatMap(({ size, fromMs, toMs }) => [...values, size, new Date(fromMs), new Date(toMs)]),
});
