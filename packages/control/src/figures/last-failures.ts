/** When agents failed last: read for many in one statement, from an index that holds nothing else. */
import { type AgentId, agentId, type CallId, callId } from "@switchboard/routing/ids";
import type { Database } from "../database/database.ts";
import { rowsOf, type SqlValue } from "../database/sql.ts";

/** `at`: ISO 8601. */
export type LastFailure = { at: string; result: string; callId: CallId };

type FailureRow = { agent_id: string; call_id: string; result: string; started_at: Date; ended_at: Date | null };

const failures = ["busy", "no-answer", "failed", "unknown"];

/** The newest of each kind of failure, found by their keys; test calls are none. An agent that never failed is not in the answer. */
const lastFailuresSql = (agents: number): string => `SELECT a.agent_id, a.call_id, a.result, a.started_at, a.ended_at FROM (
    SELECT agent_id, result, MAX(started_at) AS newest FROM call_attempts FORCE INDEX (call_attempts_result_idx)
    WHERE tenant_id = ? AND agent_id IN (${Array.from({ length: agents }, () => "?").join(",")}) AND result IN (?, ?, ?, ?) AND test = 0
    GROUP BY agent_id, result
  ) AS last JOIN call_attempts a ON a.tenant_id = ? AND a.agent_id = last.agent_id AND a.result = last.result AND a.test = 0
    AND a.started_at = last.newest ORDER BY a.started_at, a.call_id, a.step`;

export async function readLastFailures(
  { pool, breaker }: Pick<Database, "pool" | "breaker">,
  tenantId: string,
  ids: readonly AgentId[],
): Promise<Map<AgentId, LastFailure>> {
  if (ids.length === 0) return new Map();
  const values: SqlValue[] = [tenantId, ...ids, ...failures, tenantId];
  const rows = await breaker.run(() => rowsOf<FailureRow>(pool, lastFailuresSql(ids.length), values));
  return new Map(
    rows.map(({ agent_id, call_id, result, started_at, ended_at }) => {
      const failure = { at: (ended_at ?? started_at).toISOString(), result, callId: callId(call_id) };
      return [agentId(agent_id), failure];
    }),
  );
}
