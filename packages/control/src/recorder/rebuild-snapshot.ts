/** What a wiped Redis must know again of a tenant, read from the call records in bounded pages. */
import type { CallProjection } from "@switchboard/routing/call-projection";
import { agentId, callId, type TenantId } from "@switchboard/routing/ids";
import { projectCall } from "@switchboard/routing/project-call";
import type { MinuteCount, RebuildSnapshot, RebuiltCall, RebuiltStep } from "@switchboard/routing/rebuild-snapshot";
import type { Database } from "../database/database.ts";
import { readFold } from "./known-calls.ts";
import { rowsOf, type SqlValue } from "../database/sql.ts";

const windowMs = 168 * 3_600_000;
/** A call's steps are remembered this long after its end. */
const keptMs = 3_600_000;
/** Of the calls that ended in that time, none began earlier: the longest call, its ringing and its queueing, and that hour. */
const begunMs = 6 * 3_600_000;
const pageRows = 1000;

/** One tenant after another, so that memory stays bounded; `now` in milliseconds. */
export async function* loadRebuildSnapshots(
  database: Pick<Database, "backgroundPool">,
  tenants: Iterable<TenantId>,
  now: number = Date.now(),
): AsyncGenerator<RebuildSnapshot> {
  for (const tenantId of tenants) {
    yield { tenantId, assignments: await loadAssignments(database, tenantId, now), calls: await loadCalls(database, tenantId, now) };
  }
}

/** Every attempt counts, the failed ones too; claims that were taken back left no attempt. */
async function loadAssignments(
  { backgroundPool }: Pick<Database, "backgroundPool">,
  tenantId: TenantId,
  now: number,
): Promise<MinuteCount[]> {
  const counts: MinuteCount[] = [];
  const since = new Date(now - windowMs);
  const agents = await rowsOf<{ id: string }>(backgroundPool, "SELECT id FROM voice_agents WHERE tenant_id = ?", [tenantId]);
  for (const { id } of agents) {
    const rows = await rowsOf<{ minute: number; count: number }>(
      backgroundPool,
      `SELECT TIMESTAMPDIFF(MINUTE, '1970-01-01 00:00:00', started_at) AS minute, COUNT(*) AS count FROM call_attempts
       WHERE tenant_id = ? AND agent_id = ? AND call_started_at > ? AND test = 0 AND started_at > ? GROUP BY minute ORDER BY minute`,
      [tenantId, id, new Date(since.getTime() - begunMs), since],
    );
    for (const { minute, count } of rows) counts.push({ agentId: agentId(id), minute, count });
  }
  return counts;
}

type CallRow = { id: string; fold: string; started_at: Date };

async function loadCalls({ backgroundPool }: Pick<Database, "backgroundPool">, tenantId: TenantId, now: number): Promise<RebuiltCall[]> {
  const calls: RebuiltCall[] = [];
  const conditions: { sql: string; values: SqlValue[] }[] = [
    { sql: "status IN ('queued', 'ringing', 'in-progress')", values: [] },
    { sql: "started_at > ? AND ended_at > ?", values: [new Date(now - begunMs), new Date(now - keptMs)] },
  ];
  for (const { sql, values } of conditions) {
    for (let after = ""; ; ) {
      const page = `SELECT id, fold, started_at FROM call_records WHERE tenant_id = ? AND ${sql} AND id > ? ORDER BY id LIMIT ${pageRows}`;
      const rows = await rowsOf<CallRow>(backgroundPool, page, [tenantId, ...values, after]);
      for (const row of rows) calls.push(callOf(row));
      const last = rows.at(-1);
      if (!last || rows.length < pageRows) break;
      after = last.id;
    }
  }
  return calls;
}

function callOf({ id, fold, started_at }: CallRow): RebuiltCall {
  const { facts, memory } = readFold(fold);
  const { evidence, state, reason, answeredAt, test } = projectCall(facts, memory);
  const { session = "", direction = "inbound", from = "", to = "", ruleId = null, receivedAt = started_at.getTime() } = facts ?? {};
  return {
    callId: callId(id),
    session,
    direction,
    from,
    to,
    ruleId,
    receivedAt,
    test,
    state,
    evidence,
    reason,
    answeredAt,
    steps: stepsOf(memory),
  };
}

function stepsOf({ steps, superseded }: CallProjection["memory"]): RebuiltStep[] {
  const given = steps.filter(
    ({ step, degraded, decision }) =>
      degraded || decision.kind !== "agent" || !superseded.some((lost) => lost.step === step && lost.agentId === decision.agentId),
  );
  return given.map(({ step, decision, at, degraded }) => ({
    step,
    decision,
    decidedAt: at,
    degraded,
    ended: given.some((later) => later.ended?.step === step),
  }));
}
