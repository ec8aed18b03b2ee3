/** Rules that have stood for a week and that no call has ever matched. */
import { type RuleId, ruleId, type TenantId } from "@switchboard/routing/ids";
import type { Database } from "../database/database.ts";
import { rowsOf } from "../database/sql.ts";

/** A rule that is younger may still wait for its first call. */
const waitMs = 7 * 24 * 3_600_000;

/** `since`: when it was created, milliseconds. */
export type IdleRule = { id: RuleId; since: number };

const idleSql = `SELECT r.id, r.created_at FROM inbound_rules r LEFT JOIN rule_hits h ON h.tenant_id = r.tenant_id AND h.rule_id = r.id
  WHERE r.tenant_id = ? AND r.enabled = 1 AND r.created_at < ? AND h.rule_id IS NULL LIMIT ?`;

export async function readIdleRules(
  { pool, breaker }: Pick<Database, "pool" | "breaker">,
  tenantId: TenantId,
  { most, nowMs }: { most: number; nowMs: number },
): Promise<IdleRule[]> {
  const values = [tenantId, new Date(nowMs - waitMs), most];
  const rows = await breaker.run(() => rowsOf<{ id: string; created_at: Date }>(pool, idleSql, values));
  return rows.map(({ id, created_at }) => ({ id: ruleId(id), since: created_at.getTime() }));
}
