/**
 * Makes the figures anew from the records, beside a recorder at work: an hour or a day at a time is counted and replaced while the
 * tenant's part of the journal is held, so that nothing is recorded in between; what is recorded afterwards adds to what is right.
 */
import { type TenantId, tenantId } from "@switchboard/routing/ids";
import type { Connection } from "mariadb";
import { countHour } from "./count-hour.ts";
import type { Database } from "../database/database.ts";
import { whileHeld } from "../database/hold-partition.ts";
import { bucketMs, floorTo, isWritten } from "./rollup-buckets.ts";
import { dimensions } from "./contribution.ts";
import { execute, rowsOf } from "../database/sql.ts";
import { sumAround } from "./sum-buckets.ts";
import { addRollups } from "./write-rollups.ts";
import { refreshRuleHits } from "./write-rule-hits.ts";
import { addSketches } from "./write-sketches.ts";

/** `partition`: of the journal, in which the tenant's events are recorded. */
export type RebuiltTenant = { tenantId: TenantId; partition: number };

export type RebuildOptions = {
  /** After each day, the latest first; `calls` in all so far. */
  onDay: (day: Date, calls: number) => void;
  signal: AbortSignal;
};

type Target = RebuiltTenant & Pick<Database, "backgroundPool">;

/**
 * Answers how many calls were counted. The latest day comes first and the oldest last, so that the oldest one's figures say that all is
 * done. Days before the oldest record stay as they are, also when a late word has brought such an old record back, and where there are such days the oldest record's own if its figures tell of
 * more calls than are left: their records were deleted, not the calls.
 */
export async function rebuildAnalytics(database: Pick<Database, "backgroundPool">, tenant: RebuiltTenant, options: RebuildOptions) {
  const target = { ...tenant, backgroundPool: database.backgroundPool };
  const oldest = await edgeOf(target, "MIN", new Date("9999-01-01"));
  if (oldest === null) return 0;
  const firstDay = Math.max(floorTo("day", oldest.getTime()), await removedBefore(target));
  let calls = 0;
  let day = await latestDay(target, firstDay, Date.UTC(9999, 0));
  while (day !== null && !options.signal.aborted) {
    if (day > firstDay || !(await hasLostRecords(target, firstDay))) calls += await rebuildDay(target, day, options.signal);
    options.onDay(new Date(day), calls);
    day = await latestDay(target, firstDay, day);
  }
  if (!options.signal.aborted) await refreshHits(target);
  return calls;
}

/** Until when records were removed, by whole days: what is left of that time says nothing. */
async function removedBefore({ backgroundPool, tenantId }: Pick<Target, "backgroundPool" | "tenantId">): Promise<number> {
  const sql = "SELECT records_from FROM tenants WHERE id = ?";
  const [row] = await rowsOf<{ records_from: Date | null }>(backgroundPool, sql, [tenantId]);
  return row?.records_from?.getTime() ?? 0;
}

/** Tenants of whose oldest record's day, or the seven days in which it lies, there are no figures: they were never made, or making them was broken off. */
export async function unbuiltTenants({ backgroundPool }: Pick<Database, "backgroundPool">): Promise<TenantId[]> {
  const unbuilt: TenantId[] = [];
  for (const { id } of await rowsOf<{ id: string }>(backgroundPool, "SELECT id FROM tenants ORDER BY id")) {
    const target = { backgroundPool, tenantId: tenantId(id) };
    const sql = "SELECT started_at FROM call_records WHERE tenant_id = ? AND started_at >= ? AND test = 0 ORDER BY started_at, id LIMIT 1";
    const [oldest] = await rowsOf<{ started_at: Date }>(backgroundPool, sql, [id, new Date(await removedBefore(target))]);
    const startMs = oldest?.started_at.getTime();
    if (startMs === undefined) continue;
    const kept = await Promise.all((["day", "7days"] as const).map((size) => callsKept(target, size, floorTo(size, startMs))));
    if (kept.includes(null)) unbuilt.push(target.tenantId);
  }
  return unbuilt;
}

async function callsKept(
  { backgroundPool, tenantId }: Pick<Target, "backgroundPool" | "tenantId">,
  size: "day" | "7days",
  startMs: number,
): Promise<number | null> {
  const sql = "SELECT calls FROM call_rollups WHERE tenant_id = ? AND dimension = 'total' AND size = ? AND start_at = ? AND id = ''";
  const [row] = await rowsOf<{ calls: number }>(backgroundPool, sql, [tenantId, size, new Date(startMs)]);
  return row?.calls ?? null;
}

async function hasLostRecords(target: Target, dayMs: number): Promise<boolean> {
  const earlier =
    "SELECT start_at FROM call_rollups WHERE tenant_id = ? AND dimension = 'total' AND size = 'day' AND start_at < ? AND calls > 0 LIMIT 1";
  const days = await rowsOf(target.backgroundPool, earlier, [target.tenantId, new Date(dayMs)]);
  if (days.length === 0) return false;
  const sql = "SELECT COUNT(*) AS calls FROM call_records WHERE tenant_id = ? AND test = 0 AND started_at >= ? AND started_at < ?";
  const values = [target.tenantId, new Date(dayMs), new Date(dayMs + bucketMs.day)];
  const [row] = await rowsOf<{ calls: number }>(target.backgroundPool, sql, values);
  return ((await callsKept(target, "day", dayMs)) ?? 0) > (row?.calls ?? 0);
}

async function edgeOf({ backgroundPool, tenantId }: Target, edge: "MIN" | "MAX", before: Date): Promise<Date | null> {
  const sql = `SELECT ${edge}(started_at) AS at FROM call_records WHERE tenant_id = ? AND started_at < ?`;
  const [row] = await rowsOf<{ at: Date | null }>(backgroundPool, sql, [tenantId, before]);
  return row?.at ?? null;
}

/** The latest day before `beforeMs` that has records or figures. */
async function latestDay(target: Target, firstDay: number, beforeMs: number): Promise<number | null> {
  const { backgroundPool, tenantId } = target;
  const before = new Date(beforeMs);
  const sql = "SELECT MAX(start_at) AS at FROM call_rollups WHERE tenant_id = ? AND dimension = 'total' AND size = 'day' AND start_at < ?";
  const [[kept], recorded] = await Promise.all([
    rowsOf<{ at: Date | null }>(backgroundPool, sql, [tenantId, before]),
    edgeOf(target, "MAX", before),
  ]);
  const day = floorTo("day", Math.max(kept?.at?.getTime() ?? -1, recorded?.getTime() ?? -1));
  return day >= firstDay ? day : null;
}

async function rebuildDay(target: Target, dayMs: number, signal: AbortSignal): Promise<number> {
  let calls = 0;
  for (let hourMs = dayMs; hourMs < dayMs + bucketMs.day && !signal.aborted; hourMs += bucketMs.hour)
    calls += await whileHeld(target, (connection) => rebuildHour(connection, target.tenantId, hourMs));
  if (!signal.aborted) await whileHeld(target, (connection) => sumAround(connection, target.tenantId, dayMs));
  return calls;
}

async function rebuildHour(connection: Connection, tenantId: TenantId, hourMs: number): Promise<number> {
  const { calls, tally } = await countHour(connection, tenantId, hourMs);
  const [from, to] = [new Date(hourMs), new Date(hourMs + bucketMs.hour)];
  const inHour = "((size = 'minute' AND start_at >= ? AND start_at < ?) OR (size = 'hour' AND start_at = ?))";
  const nowMs = Date.now();
  // Hours of any age: days are summed of them.
  const { rollups, sketches } = tally.rows((size, startMs) => size === "hour" || (size === "minute" && isWritten(size, startMs, nowMs)));
  const every = dimensions.map((dimension) => `'${dimension}'`).join(",");
  await execute(connection, `DELETE FROM call_rollups WHERE tenant_id = ? AND dimension IN (${every}) AND ${inHour}`, [
    tenantId,
    from,
    to,
    from,
  ]);
  await execute(connection, `DELETE FROM call_sketches WHERE tenant_id = ? AND ${inHour}`, [tenantId, from, to, from]);
  await addRollups(connection, rollups);
  await addSketches(connection, sketches);
  return calls;
}

const rulesAtOnce = 200;

async function refreshHits(target: Target): Promise<void> {
  const sql = "SELECT DISTINCT id FROM call_rollups WHERE tenant_id = ? AND dimension = 'rule' AND size = 'day'";
  const rules = await rowsOf<{ id: string }>(target.backgroundPool, sql, [target.tenantId]);
  for (let start = 0; start < rules.length; start += rulesAtOnce) {
    const some = rules.slice(start, start + rulesAtOnce).map(({ id }) => id);
    await whileHeld(target, (connection) => refreshRuleHits(connection, target.tenantId, some));
  }
}
