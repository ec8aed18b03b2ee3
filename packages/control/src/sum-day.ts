/** Makes a day's figures of its hours'. */
import type { TenantId } from "@switchboard/routing/ids";
import { countNames, dimensions } from "./contribution.ts";
import { bucketMs } from "./rollup-buckets.ts";
import { type Bins, mergeInto, readBins } from "./sketch.ts";
import { execute, type Queryable, rowsOf } from "./sql.ts";
import { addSketches } from "./write-sketches.ts";

const every = dimensions.map((dimension) => `'${dimension}'`).join(",");
const columns = countNames.join(", ");
const sums = countNames.map((name) => `SUM(${name})`).join(", ");

export async function sumDay(connection: Queryable, tenantId: TenantId, dayMs: number): Promise<void> {
  const [from, to] = [new Date(dayMs), new Date(dayMs + bucketMs.day)];
  const gone = `tenant_id = ? AND dimension IN (${every}) AND size = 'day' AND start_at = ?`;
  await execute(connection, `DELETE FROM call_rollups WHERE ${gone}`, [tenantId, from]);
  const ofHours = `tenant_id = ? AND dimension IN (${every}) AND size = 'hour' AND start_at >= ? AND start_at < ?`;
  const sum = `INSERT INTO call_rollups (tenant_id, dimension, size, start_at, id, ${columns})
    SELECT tenant_id, dimension, 'day', ?, id, ${sums} FROM call_rollups WHERE ${ofHours} GROUP BY tenant_id, dimension, id`;
  await execute(connection, sum, [from, tenantId, from, to]);

  const hours =
    "SELECT decision_ms, ring_seconds FROM call_sketches WHERE tenant_id = ? AND size = 'hour' AND start_at >= ? AND start_at < ?";
  const rows = await rowsOf<{ decision_ms: string; ring_seconds: string }>(connection, hours, [tenantId, from, to]);
  const decisionMs: Bins = new Map();
  const ringSeconds: Bins = new Map();
  for (const row of rows) {
    mergeInto(decisionMs, readBins(row.decision_ms));
    mergeInto(ringSeconds, readBins(row.ring_seconds));
  }
  await execute(connection, "DELETE FROM call_sketches WHERE tenant_id = ? AND size = 'day' AND start_at = ?", [tenantId, from]);
  if (rows.length > 0) await addSketches(connection, [{ tenantId, size: "day", startMs: dayMs, decisionMs, ringSeconds }]);
}
