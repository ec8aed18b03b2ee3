/** Counts the dials that are stored, by target and agent, in the same transaction: what is taken back is counted back. */
import type { CallProjection } from "@switchboard/routing/call-projection";
import { byDay, byHour, type DialCounts, placeIn } from "./dial-slots.ts";
import { dateOf } from "../recorder/event-rows.ts";
import { execute, placeholders, type Queryable, type SqlValue } from "../database/sql.ts";

type StoredCall = { tenantId: string; before: CallProjection | null; now: CallProjection | null };

const mostRowsPerStatement = 250;

/** Whose dials, in five minutes of time. */
type Count = { tenantId: string; targetId: string; agentId: string; at: number; change: number };

function changesIn(calls: StoredCall[]): Count[] {
  const counts = new Map<string, Count>();
  const add = (tenantId: string, call: CallProjection | null, change: 1 | -1) => {
    for (const { targetId, agentId, startedAt } of call?.test === false ? call.attempts : []) {
      if (targetId === null || agentId === null) continue;
      const at = Math.floor((dateOf(startedAt)?.getTime() ?? 0) / byHour.slotMs) * byHour.slotMs;
      const key = `${tenantId} ${targetId} ${at} ${agentId}`;
      const count = counts.get(key) ?? { tenantId, targetId, agentId, at, change: 0 };
      count.change += change;
      counts.set(key, count);
    }
  };
  for (const { tenantId, before, now } of calls) {
    add(tenantId, before, -1);
    add(tenantId, now, 1);
  }
  // In the order of the key, so that two writers wait for each other instead of deadlocking.
  return [...counts]
    .filter(([, { change }]) => change !== 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, count]) => count);
}

/** A statement for each column, of which the dials of one batch touch one or two. All are sent before the first answer is waited for. */
async function addTo(connection: Queryable, of: DialCounts, counts: Count[]): Promise<void> {
  const byColumn = new Map<string, SqlValue[][]>();
  for (const { tenantId, targetId, agentId, at, change } of counts) {
    const { unit, column } = placeIn(of, at);
    const rows = byColumn.get(column) ?? [];
    rows.push([tenantId, targetId, agentId, unit, change]);
    byColumn.set(column, rows);
  }
  const sent: Promise<number>[] = [];
  for (const [column, rows] of byColumn) {
    for (let start = 0; start < rows.length; start += mostRowsPerStatement) {
      const some = rows.slice(start, start + mostRowsPerStatement);
      const insert = `INSERT INTO ${of.table} (tenant_id, target_id, agent_id, \`${of.unit}\`, ${column}) VALUES ${placeholders(some.length, 5)}`;
      sent.push(execute(connection, `${insert} ON DUPLICATE KEY UPDATE ${column} = ${column} + VALUES(${column})`, some.flat()));
    }
  }
  await Promise.all(sent);
}

export async function countDials(connection: Queryable, calls: StoredCall[]): Promise<void> {
  const counts = changesIn(calls);
  if (counts.length === 0) return;
  await Promise.all([addTo(connection, byDay, counts), addTo(connection, byHour, counts)]);
}
