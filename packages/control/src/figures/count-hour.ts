/** Counts an hour of one tenant's records, a few thousand at a time. */
import type { CallStatus } from "@switchboard/routing/evidence";
import type { TenantId } from "@switchboard/routing/ids";
import type { Reason } from "@switchboard/routing/reason";
import { contributionOf, type CountedCall } from "./contribution.ts";
import { bucketMs } from "./rollup-buckets.ts";
import { createTally } from "./rollup-tally.ts";
import { type Queryable, rowsOf } from "../database/sql.ts";

const recordsAtOnce = 2000;

type RecordRow = {
  id: string;
  started_at: Date;
  status: CallStatus;
  reason: Reason | null;
  answered: number;
  is_over: number;
  used_fallback: number;
  rule_id: string | null;
  group_id: string | null;
  decision_ms: number | null;
  ring_seconds: number | null;
  duration_seconds: number | null;
};
type AttemptRow = { call_id: string; agent_id: string | null; provider: string | null; result: string | null };

const recordSql = `SELECT id, started_at, status, reason, answered, ended_at IS NOT NULL AS is_over, fallback_used IS NOT NULL AS used_fallback,
    rule_id, group_id, decision_ms, ring_seconds, duration_seconds
  FROM call_records WHERE tenant_id = ? AND started_at >= ? AND started_at < ? AND (started_at > ? OR id > ?) AND test = 0
  ORDER BY started_at, id LIMIT ${recordsAtOnce}`;

export async function countHour(connection: Queryable, tenantId: TenantId, hourMs: number) {
  const tally = createTally();
  const to = new Date(hourMs + bucketMs.hour);
  let after = { at: new Date(hourMs), id: "" };
  let calls = 0;
  for (let page = recordsAtOnce; page === recordsAtOnce; ) {
    const records = await rowsOf<RecordRow>(connection, recordSql, [tenantId, after.at, to, after.at, after.id]);
    const attempts = await readAttempts(connection, tenantId, records);
    for (const record of records) {
      const contribution = contributionOf(counted(record, attempts.get(record.id) ?? []));
      if (contribution) tally.add(tenantId, contribution, 1);
    }
    const last = records.at(-1);
    if (last) after = { at: last.started_at, id: last.id };
    page = records.length;
    calls += page;
  }
  return { calls, tally };
}

async function readAttempts(connection: Queryable, tenantId: TenantId, records: RecordRow[]): Promise<Map<string, AttemptRow[]>> {
  if (records.length === 0) return new Map();
  const sql = `SELECT call_id, agent_id, provider, result FROM call_attempts
    WHERE tenant_id = ? AND call_id IN (${records.map(() => "?").join(",")}) ORDER BY call_id, step`;
  const rows = await rowsOf<AttemptRow>(connection, sql, [tenantId, ...records.map(({ id }) => id)]);
  return Map.groupBy(rows, (row) => row.call_id);
}

const counted = (row: RecordRow, attempts: AttemptRow[]): CountedCall => ({
  startedAtMs: row.started_at.getTime(),
  test: false,
  status: row.status,
  reason: row.reason,
  answered: row.answered === 1,
  isOver: row.is_over === 1,
  fallbackUsed: row.used_fallback === 1,
  ruleId: row.rule_id,
  groupId: row.group_id,
  decisionMs: row.decision_ms,
  ringSeconds: row.ring_seconds,
  durationSeconds: row.duration_seconds,
  attempts: attempts.map(({ agent_id: agentId, provider, result }) => ({ agentId, provider, result })),
});
