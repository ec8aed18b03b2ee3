/** How many calls there are, as the figures that the recorder keeps have it: test calls and the rest of the oldest day are all that may be wrong, where the server's guess from an index may be a third of the truth. */
import type { CallsAsked, Way } from "../calls/call-walks.ts";
import { bucketMs, ceilTo, floorTo } from "./rollup-buckets.ts";
import { rowsIn } from "./segment-sql.ts";
import { rowsOf } from "../database/sql.ts";
import { segmentsOf } from "./summary-range.ts";

type Figure = { dimension: string; id: string };

/** What a list by one filter, or by none, is counted under; null: under nothing. */
function figureOf({ filters }: CallsAsked, { by, rest }: Way): Figure | null {
  const { status, reason, agentId, groupId, ruleId, startedAfter, startedBefore } = filters;
  // Days are too wide a measure for an hour.
  if (rest.sql !== "" || startedAfter !== undefined || startedBefore !== undefined) return null;
  if (by === null) return { dimension: "total", id: "" };
  if (by === "status" && status !== undefined) return { dimension: "status", id: status };
  if (by === "reason" && reason !== undefined) return { dimension: "reason", id: reason };
  if (by === "groupId" && groupId !== undefined) return { dimension: "group", id: groupId };
  if (by === "ruleId" && ruleId !== undefined) return { dimension: "rule", id: ruleId };
  // Of dials: a call that rang it twice is two, which is rare.
  if (by === "agentId" && agentId !== undefined) return { dimension: "agent", id: agentId };
  return null;
}

/** Since the day of the oldest call that is still kept: figures stay for longer than calls. Null: not counted so. */
export async function figuredCalls(asked: CallsAsked, way: Way): Promise<number | null> {
  const figure = figureOf(asked, way);
  if (figure === null) return null;
  const { pool, tenantId } = asked;
  const oldest =
    "SELECT started_at FROM call_records FORCE INDEX (call_records_started_idx) WHERE tenant_id = ? ORDER BY started_at LIMIT 1";
  const [first] = await rowsOf<{ started_at: Date }>(pool, oldest, [tenantId]);
  if (first === undefined) return null;
  const days = { fromMs: floorTo("day", first.started_at.getTime()), toMs: ceilTo("day", Date.now() + bucketMs.minute) };
  const { sql, values } = rowsIn(segmentsOf(days, "7days"), {
    table: "call_rollups",
    columns: "calls",
    where: "tenant_id = ? AND dimension = ? AND id = ?",
    values: [tenantId, figure.dimension, figure.id],
  });
  const [row] = await rowsOf<{ calls: number | null }>(pool, `SELECT CAST(SUM(calls) AS SIGNED) AS calls FROM ${sql}`, values);
  return row?.calls ?? null;
}
