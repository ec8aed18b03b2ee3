/** Removes what a tenant keeps no longer, a little at a time and with pauses, so that neither calls nor the recorder wait behind it. */
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "../database/database.ts";
import { type Cutoffs, cutoffsOf } from "./retention-cutoffs.ts";
import { retryTransient } from "../database/retry-transient.ts";
import { bucketMs } from "../figures/rollup-buckets.ts";
import { execute, rowsOf, type SqlValue } from "../database/sql.ts";

export const expiring = [
  ...(["webhook_events", "webhook_answers", "webhook_refusals", "unmatched_cdrs", "dead_letters"] as const),
  ...(["call_records", "dials_by_day", "dials_by_hour", "sessions"] as const),
] as const;
/** By its table; a call record takes its attempts, its timeline and its SIP Call-IDs with it. */
export type Expiring = (typeof expiring)[number];

export type RemovalOptions = {
  nowMs: number;
  signal: AbortSignal;
  /** After each batch. */
  onRemoved: (what: Expiring, rows: number, tenantId: string | null) => void;
};

type Pool = Pick<Database, "backgroundPool">;
type Batch = { sql: string; values: SqlValue[]; rows: number };

const rowsPerDeletion = 1000;
/** Each of them takes about fifteen rows of other tables along. */
const recordsPerDeletion = 100;
/** The longest window counts calls of a week; a day more for clocks. */
const dialsKeptMs = 8 * bucketMs.day;
/** Who was signed in is told for a while after it has ended. */
const sessionsKeptMs = 30 * bucketMs.day;
/** Dead letters of which no tenant is known. */
const strayDays = 14;

/** Safe to run twice at once, and after a crash: what is old enough is old enough. Rejects when the database is away. */
export async function removeExpired(database: Pool, options: RemovalOptions): Promise<void> {
  const { nowMs, signal } = options;
  const { backgroundPool } = database;
  for (const { id } of await rowsOf<{ id: string }>(backgroundPool, "SELECT id FROM tenants ORDER BY id")) {
    for (const what of expiring) {
      if (what === "sessions") continue;
      await removeAll(database, { ...options, what, tenantId: id });
      if (signal.aborted) return;
    }
  }
  const ended = [new Date(nowMs - sessionsKeptMs)];
  await removeBatches(database, { ...options, what: "sessions", tenantId: null }, async () => ({
    ...{ sql: "DELETE FROM sessions WHERE expires_at < ? ORDER BY expires_at", values: ended, rows: rowsPerDeletion },
  }));
  const stray = [new Date(nowMs - strayDays * bucketMs.day)];
  await removeBatches(database, { ...options, what: "dead_letters", tenantId: null }, async () => ({
    sql: "DELETE FROM dead_letters WHERE created_at < ? AND tenant_id NOT IN (SELECT id FROM tenants) ORDER BY id",
    ...{ values: stray, rows: rowsPerDeletion },
  }));
}

type Removal = RemovalOptions & { what: Expiring; tenantId: string | null };

/** The settings are read before each batch: what somebody decides to keep longer in the meantime stays. */
async function removeAll(database: Pool, removal: Removal & { tenantId: string; what: Exclude<Expiring, "sessions"> }): Promise<void> {
  const { tenantId, nowMs, what } = removal;
  await removeBatches(database, removal, async () => {
    const cutoffs = await readCutoffs(database, tenantId, nowMs);
    if (cutoffs === null) return null;
    if (what === "call_records") await noteRecordsFrom(database, tenantId, cutoffs);
    return batchOf(what, { tenantId, nowMs, cutoffs });
  });
}

async function removeBatches({ backgroundPool }: Pool, removal: Removal, next: () => Promise<Batch | null>): Promise<void> {
  const { what, tenantId, signal, onRemoved } = removal;
  while (!signal.aborted) {
    const batch = await next();
    if (batch === null) return;
    const begun = performance.now();
    const gone = await retryTransient(() => execute(backgroundPool, `${batch.sql} LIMIT ${batch.rows}`, batch.values));
    if (gone > 0) onRemoved(what, gone, tenantId);
    if (gone < batch.rows) return;
    // As long as it took: half of the time is the others'.
    await pause(performance.now() - begun, undefined, { signal }).catch(() => undefined);
  }
}

async function readCutoffs({ backgroundPool }: Pool, tenantId: string, nowMs: number): Promise<Cutoffs | null> {
  type Row = { payload_days: number; record_months: number };
  const [row] = await rowsOf<Row>(backgroundPool, "SELECT payload_days, record_months FROM tenants WHERE id = ?", [tenantId]);
  return row ? cutoffsOf({ payloadDays: row.payload_days, recordMonths: row.record_months }, nowMs) : null;
}

/** Written before the first of them goes, so that figures are never made anew of what is left. */
async function noteRecordsFrom({ backgroundPool }: Pool, tenantId: string, { recordsFrom }: Cutoffs): Promise<void> {
  const from = new Date(recordsFrom);
  const gone = "SELECT 1 AS one FROM call_records WHERE tenant_id = ? AND started_at < ? LIMIT 1";
  if ((await rowsOf(backgroundPool, gone, [tenantId, from])).length === 0) return;
  const note = "UPDATE tenants SET records_from = ? WHERE id = ? AND (records_from IS NULL OR records_from < ?)";
  await retryTransient(() => execute(backgroundPool, note, [from, tenantId, from]));
}

type Place = { tenantId: string; nowMs: number; cutoffs: Cutoffs };

function batchOf(what: Exclude<Expiring, "sessions">, { tenantId, nowMs, cutoffs }: Place): Batch {
  const older = (column: string, than: SqlValue, order: string): Batch => ({
    sql: `DELETE FROM ${what} WHERE tenant_id = ? AND ${column} < ? ORDER BY ${order}`,
    values: [tenantId, than],
    rows: what === "call_records" ? recordsPerDeletion : rowsPerDeletion,
  });
  const payloads = new Date(cutoffs.payloadsFrom);
  switch (what) {
    case "webhook_events":
      return older("received_at", payloads, "received_at, id");
    case "webhook_answers":
      return older("received_at", payloads, "received_at, kind, call_id");
    case "webhook_refusals":
      return older("at", payloads, "at, id");
    case "unmatched_cdrs":
      return older("received_at", payloads, "received_at");
    case "dead_letters":
      return older("created_at", payloads, "id");
    case "call_records":
      return older("started_at", new Date(cutoffs.recordsFrom), "started_at, id");
    case "dials_by_day":
      return older("day", Math.floor((nowMs - dialsKeptMs) / bucketMs.day), "target_id, day, agent_id");
    case "dials_by_hour":
      return older("hour", Math.floor((nowMs - dialsKeptMs) / bucketMs.hour), "target_id, hour, agent_id");
  }
}
