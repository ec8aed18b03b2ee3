/** What the webhook door has refused of a tenant lately. */
import type { TenantId } from "@switchboard/routing/ids";
import type { Database } from "../database/database.ts";
import { rowsOf } from "../database/sql.ts";

const latelyMs = 3_600_000;

/** Times in milliseconds; `since`: of the first minute in which there was one, its latest. */
export type RecentRefusals = { status: number; times: number; since: number };

export type Refusals = { recent: RecentRefusals[]; lastAt: number | null };

type Row = { status: number; times: number | string; since: Date };

export async function readRefusals(
  { pool, breaker }: Pick<Database, "pool" | "breaker">,
  tenantId: TenantId,
  nowMs: number,
): Promise<Refusals> {
  const recentSql = `SELECT status, SUM(times) AS times, MIN(at) AS since FROM webhook_refusals WHERE tenant_id = ? AND at > ?
    GROUP BY status ORDER BY status`;
  const lastSql = "SELECT at FROM webhook_refusals WHERE tenant_id = ? ORDER BY at DESC LIMIT 1";
  const [recent, [last]] = await breaker.run(() =>
    Promise.all([rowsOf<Row>(pool, recentSql, [tenantId, new Date(nowMs - latelyMs)]), rowsOf<{ at: Date }>(pool, lastSql, [tenantId])]),
  );
  return {
    recent: recent.map(({ status, times, since }) => ({ status, times: Number(times), since: since.getTime() })),
    lastAt: last?.at.getTime() ?? null,
  };
}
