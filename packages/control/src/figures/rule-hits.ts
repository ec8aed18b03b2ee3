/** How often rules matched of late, and when last: for a page of them, from the figures and never from the records. */
import { ruleId, type RuleId, type TenantId } from "@switchboard/routing/ids";
import type { Database } from "../database/database.ts";
import { bucketMs, floorTo } from "./rollup-buckets.ts";
import { rowsOf } from "../database/sql.ts";

export type RuleHits = {
  /** The beginning of the hour in which the last 24 hours began; `hits` are counted from there. */
  since: string;
  /** `lastHitAt` null: no call has ever matched. */
  items: { id: RuleId; hits: number; lastHitAt: string | null }[];
};

/** Of those that are the tenant's inbound rules; test calls are no hits. Throws ControlError `unavailable`. */
export const createRuleHits =
  ({ pool, breaker }: Pick<Database, "pool" | "breaker">, tenantId: TenantId) =>
  async (ids: string[], nowMs = Date.now()): Promise<RuleHits> => {
    const since = floorTo("hour", nowMs - bucketMs.day);
    const hours = Array.from({ length: 25 }, (_, index) => new Date(since + index * bucketMs.hour));
    const marks = (some: unknown[]) => some.map(() => "?").join(",");
    const lastSql = `SELECT r.id, h.last_at FROM inbound_rules r LEFT JOIN rule_hits h ON h.tenant_id = r.tenant_id AND h.rule_id = r.id
      WHERE r.tenant_id = ? AND r.id IN (${marks(ids)})`;
    const hitSql = `SELECT id, CAST(SUM(calls) AS SIGNED) AS hits FROM call_rollups
      WHERE tenant_id = ? AND dimension = 'rule' AND size = 'hour' AND start_at IN (${marks(hours)}) AND id IN (${marks(ids)}) GROUP BY id`;
    if (ids.length === 0) return { since: new Date(since).toISOString(), items: [] };
    const [rules, counts] = await breaker.run(() =>
      Promise.all([
        rowsOf<{ id: string; last_at: Date | null }>(pool, lastSql, [tenantId, ...ids]),
        rowsOf<{ id: string; hits: number }>(pool, hitSql, [tenantId, ...hours, ...ids]),
      ]),
    );
    const hitsOf = new Map(counts.map(({ id, hits }) => [id, hits]));
    const items = rules.map((rule) => ({
      id: ruleId(rule.id),
      hits: hitsOf.get(rule.id) ?? 0,
      lastHitAt: rule.last_at?.toISOString() ?? null,
    }));
    return { since: new Date(since).toISOString(), items };
  };
