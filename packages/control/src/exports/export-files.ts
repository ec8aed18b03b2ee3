/** Where exports lie, and when they go: the file after its day (at once when it was canceled or failed), the row a week after it was ordered. */
import { tenantId } from "@switchboard/routing/ids";
import { z } from "zod";
import type { ExportFormat, ExportName } from "./exports.ts";
import { execute, type Queryable, rowsOf } from "../database/sql.ts";

/** What lies in the storage; `storage` is its own note of where. */
export type StoredExport = ExportName & { format: ExportFormat; bytes: number; storage: unknown };

const rowsKeptMs = 7 * 24 * 3_600_000;
const mostAtOnce = 100;

const columns = "tenant_id, id, format, bytes, mark";
type FileRow = { tenant_id: string; id: string; format: ExportFormat; bytes: number; mark: string | null };
const storedMark = z.object({ storage: z.unknown() });

const storedOf = (row: FileRow): StoredExport => ({
  ...{ tenantId: tenantId(row.tenant_id), id: row.id, format: row.format, bytes: row.bytes },
  storage: row.mark === null ? null : storedMark.parse(JSON.parse(row.mark)).storage,
});

/** The whole file of one that is ready and not past its time; null: there is none. */
export async function readyFile(target: Queryable, { tenantId: tenant, id }: ExportName, nowMs: number): Promise<StoredExport | null> {
  const sql = `SELECT ${columns} FROM exports WHERE tenant_id = ? AND id = ? AND status = 'ready' AND expires_at > ?`;
  const [row] = await rowsOf<FileRow>(target, sql, [tenant, id, new Date(nowMs)]);
  return row === undefined ? null : storedOf(row);
}

/** Ends those whose time is over; answers what has to be removed from the storage, some at a time. */
export async function filesToRemove(target: Queryable, nowMs: number): Promise<StoredExport[]> {
  await execute(target, "UPDATE exports SET status = 'expired', updated_at = UTC_TIMESTAMP(3) WHERE status = 'ready' AND expires_at <= ?", [
    new Date(nowMs),
  ]);
  const sql = `SELECT ${columns} FROM exports WHERE status IN ('failed', 'canceled', 'expired') AND stored = 1 ORDER BY created_at LIMIT ${mostAtOnce}`;
  return (await rowsOf<FileRow>(target, sql)).map(storedOf);
}

/** Its file is gone. */
export async function noteRemoved(target: Queryable, { tenantId: tenant, id }: ExportName): Promise<void> {
  await execute(target, "UPDATE exports SET stored = 0, mark = NULL WHERE tenant_id = ? AND id = ?", [tenant, id]);
}

/** Forgets old rows without a file; answers how many. */
export async function pruneExports(target: Queryable, nowMs: number): Promise<number> {
  const sql = "DELETE FROM exports WHERE stored = 0 AND status IN ('failed', 'canceled', 'expired') AND created_at < ? LIMIT 1000";
  return await execute(target, sql, [new Date(nowMs - rowsKeptMs)]);
}
