/** How many calls groups gave to which agents over their windows: read from what was counted as the dials were recorded. */
import { type AgentId, agentId, type TargetId } from "@switchboard/routing/ids";
import type { Database } from "../database/database.ts";
import { byDay, byHour, type DialCounts, placeIn } from "./dial-slots.ts";
import { rowsOf, type SqlValue } from "../database/sql.ts";

export type DialWindow = { targetId: TargetId; windowHours: number };

/** `since`: the beginning of the five minutes in which the window began, milliseconds; `calls` also of agents that have left. */
export type GivenCalls = { since: number; calls: Map<AgentId, number> };

const hourMs = byDay.slotMs;

/** The moment from which a window is counted. */
const sinceOf = (windowHours: number, nowMs: number): number => Math.floor((nowMs - windowHours * hourMs) / byHour.slotMs) * byHour.slotMs;

type Select = { sql: string; values: SqlValue[] };

const marks = (ids: readonly unknown[]): string => ids.map(() => "?").join(",");

/** Of the row that `since` falls into, the columns from there on; of later rows, where they count, all. */
function selectFrom({ table, unit, columns }: DialCounts, at: { unit: number; slot: number }, targets: readonly TargetId[]) {
  const whole = table === "dials_by_day" ? columns.join(" + ") : "0";
  const sum = `SUM(IF(\`${unit}\` = ?, ${columns.slice(at.slot).join(" + ")}, ${whole}))`;
  return (tenantId: string): Select => ({
    sql: `SELECT target_id, agent_id, ${sum} AS calls FROM ${table} WHERE tenant_id = ? AND target_id IN (${marks(targets)})
      AND \`${unit}\` ${table === "dials_by_day" ? ">=" : "="} ? GROUP BY target_id, agent_id`,
    values: [at.unit, tenantId, ...targets, at.unit],
  });
}

/** The rest of the first hour by five minutes, what follows by hours. */
function selectsOf(tenantId: string, since: number, targets: readonly TargetId[]): Select[] {
  const nextHour = (Math.floor(since / hourMs) + 1) * hourMs;
  return [selectFrom(byHour, placeIn(byHour, since), targets)(tenantId), selectFrom(byDay, placeIn(byDay, nextHour), targets)(tenantId)];
}

type Row = { target_id: string; agent_id: string; calls: number | string };

/** All windows in one statement; by the id of the target. */
export async function readDials(
  { pool, breaker }: Pick<Database, "pool" | "breaker">,
  tenantId: string,
  { windows, nowMs }: { windows: readonly DialWindow[]; nowMs: number },
): Promise<Map<string, GivenCalls>> {
  const given = new Map<string, GivenCalls>(
    windows.map(({ targetId, windowHours }) => [targetId, { since: sinceOf(windowHours, nowMs), calls: new Map() }]),
  );
  const selects = [...Map.groupBy(windows, ({ windowHours }) => windowHours)].flatMap(([windowHours, some]) => {
    const targets = some.map(({ targetId }) => targetId);
    return selectsOf(tenantId, sinceOf(windowHours, nowMs), targets);
  });
  if (selects.length === 0) return given;
  const sql = selects.map((select) => select.sql).join(" UNION ALL ");
  const values = selects.flatMap((select) => select.values);
  const rows = await breaker.run(() => rowsOf<Row>(pool, sql, values));
  for (const { target_id: target, agent_id, calls } of rows) {
    const [counted, agent] = [given.get(target)?.calls, agentId(agent_id)];
    counted?.set(agent, (counted.get(agent) ?? 0) + Number(calls));
  }
  return given;
}
