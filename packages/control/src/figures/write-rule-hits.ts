/** Remembers when each rule was last the one that matched. */
import { execute, type Queryable } from "../database/sql.ts";
import type { Change } from "./write-rollups.ts";
import { bulkInsert } from "../database/write-rows.ts";

/** One step in the index of rules and times, however many calls the rule has had. */
const lookBack = `INSERT INTO rule_hits (tenant_id, rule_id, last_at)
  SELECT tenant_id, rule_id, started_at FROM call_records WHERE tenant_id = ? AND rule_id = ? AND test = 0 ORDER BY started_at DESC LIMIT 1
  ON DUPLICATE KEY UPDATE last_at = VALUES(last_at)`;

/** Behind what writes the records: a call that turned out to be another rule's, or earlier, leaves the rule with the last of the others. */
export async function writeRuleHits(connection: Queryable, changes: Change[]): Promise<void> {
  const latest = new Map<string, { tenantId: string; ruleId: string; atMs: number }>();
  const lost = new Map<string, [tenantId: string, ruleId: string]>();
  for (const { tenantId, before, now } of changes) {
    if (before !== null && before.ruleId !== null && isLess(now, before)) lost.set(tenantId + before.ruleId, [tenantId, before.ruleId]);
    if (now === null || now.ruleId === null) continue;
    const key = tenantId + now.ruleId;
    const atMs = Math.max(now.startedAtMs, latest.get(key)?.atMs ?? 0);
    latest.set(key, { tenantId, ruleId: now.ruleId, atMs });
  }
  const sorted = <Value>(some: Map<string, Value>): Value[] => [...some].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  await Promise.all([
    bulkInsert(connection, {
      table: "rule_hits",
      columns: ["tenant_id", "rule_id", "last_at"],
      rows: sorted(latest).map(({ tenantId, ruleId, atMs }) => [tenantId, ruleId, new Date(atMs)]),
      onDuplicate: { greatest: ["last_at"] },
    }),
    ...sorted(lost).flatMap((key) => [
      execute(connection, "DELETE FROM rule_hits WHERE tenant_id = ? AND rule_id = ?", key),
      execute(connection, lookBack, key),
    ]),
  ]);
}

/** Whether the call is no longer a hit of its rule at that time or later. */
const isLess = (now: Change["now"], before: NonNullable<Change["before"]>): boolean =>
  now === null || now.ruleId !== before.ruleId || now.startedAtMs < before.startedAtMs;

/** What the records say of these rules; a rule without records keeps what is remembered of it. */
export async function refreshRuleHits(connection: Queryable, tenantId: string, ruleIds: string[]): Promise<void> {
  for (const ruleId of ruleIds) await execute(connection, lookBack, [tenantId, ruleId]);
}
