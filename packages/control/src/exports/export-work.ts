/**
 * Exports as they are written: taken by whoever holds the tenant's lock, who notes how far the file has come. Every write carries
 * the holder's fencing token, so that one who was paused past its lock changes nothing.
 */
import { tenantId } from "@switchboard/routing/ids";
import { z } from "zod";
import { type ExportColumn, type ExportFormat, type ExportName, storedFilters } from "./exports.ts";
import type { CallRecordFilters } from "../calls/call-records.ts";
import { execute, type Queryable, rowsOf } from "../database/sql.ts";

/** Where to go on: behind which row, and what the storage needs to go on behind the last byte. */
export type ExportMark = { cursor: string | null; rows: number; bytes: number; storage: unknown };

export type ExportTask = ExportName & {
  format: ExportFormat;
  columns: ExportColumn[];
  timeZone: string;
  byteOrderMark: boolean;
  filters: CallRecordFilters;
  until: Date;
  estimatedRows: number | null;
  /** Null: nothing is written yet. */
  mark: ExportMark | null;
};

export type ExportWork = ReturnType<typeof createExportWork>;

/** How long a finished one can be downloaded. */
export const downloadableMs = 24 * 3_600_000;

/** Which exports wait for somebody to write them (on), the oldest first. */
export async function unfinishedExports(target: Queryable): Promise<ExportName[]> {
  const sql = "SELECT tenant_id, id FROM exports WHERE status IN ('queued', 'running') ORDER BY created_at LIMIT 1000";
  const rows = await rowsOf<{ tenant_id: string; id: string }>(target, sql);
  return rows.map((row) => ({ tenantId: tenantId(row.tenant_id), id: row.id }));
}

/** What one holder writes about one export. Each answers false, and has changed nothing, when it is theirs no more: canceled, or taken over. */
export function createExportWork(target: Queryable, name: ExportName, fence: number) {
  const mine = "tenant_id = ? AND id = ? AND fence = ? AND status = 'running'";
  const update = async (assignments: string, values: (string | number | Date | null)[]): Promise<boolean> =>
    (await execute(target, `UPDATE exports SET ${assignments}, updated_at = UTC_TIMESTAMP(3) WHERE ${mine}`, [
      ...values,
      name.tenantId,
      name.id,
      fence,
    ])) > 0;
  return {
    /** Null: there is nothing to do, or somebody later has it. */
    take: async (): Promise<ExportTask | null> => {
      const sql = `UPDATE exports SET status = 'running', stored = 1, fence = ?, updated_at = UTC_TIMESTAMP(3)
        WHERE tenant_id = ? AND id = ? AND status IN ('queued', 'running') AND fence < ?`;
      if ((await execute(target, sql, [fence, name.tenantId, name.id, fence])) === 0) return null;
      const [row] = await rowsOf<TaskRow>(target, taskSql, [name.tenantId, name.id, fence]);
      return row === undefined ? null : taskOf(name, row);
    },
    noteEstimate: (rows: number) => update("estimated_rows = ?", [rows]),
    noteMark: ({ cursor, rows, bytes, storage }: ExportMark) =>
      update("row_count = ?, bytes = ?, mark = ?", [rows, bytes, JSON.stringify({ cursor, storage })]),
    /** It is whole; `storage` says where it lies. */
    finish: ({ rows, bytes, storage }: Omit<ExportMark, "cursor">, nowMs: number) =>
      update("status = 'ready', row_count = ?, bytes = ?, mark = ?, ended_at = ?, expires_at = ?", [
        ...[rows, bytes, JSON.stringify({ cursor: null, storage }), new Date(nowMs), new Date(nowMs + downloadableMs)],
      ]),
    /** For good; `problem` in words for people. */
    fail: (problem: string, nowMs: number) =>
      update("status = 'failed', problem = ?, ended_at = ?", [problem.slice(0, 255), new Date(nowMs)]),
  };
}

const taskSql = `SELECT format, columns, time_zone, byte_order_mark, filters, until, estimated_rows, row_count, bytes, mark
  FROM exports WHERE tenant_id = ? AND id = ? AND fence = ?`;

type TaskRow = {
  format: ExportFormat;
  columns: string;
  time_zone: string;
  byte_order_mark: number;
  filters: string;
  until: Date;
  estimated_rows: number | null;
  row_count: number;
  bytes: number;
  mark: string | null;
};

const storedColumns = z.array(z.custom<ExportColumn>((value) => typeof value === "string"));
const storedMark = z.object({ cursor: z.string().nullable(), storage: z.unknown() });

function taskOf(name: ExportName, row: TaskRow): ExportTask {
  const mark = row.mark === null ? null : storedMark.parse(JSON.parse(row.mark));
  return {
    ...name,
    ...{
      format: row.format,
      columns: storedColumns.parse(JSON.parse(row.columns)),
      timeZone: row.time_zone,
      byteOrderMark: row.byte_order_mark === 1,
    },
    ...{ filters: storedFilters.parse(JSON.parse(row.filters)), until: row.until, estimatedRows: row.estimated_rows },
    mark: mark && { cursor: mark.cursor, storage: mark.storage, rows: row.row_count, bytes: row.bytes },
  };
}
