/** Makes longer buckets of figures of the shorter ones in them. */
import type { TenantId } from "@switchboard/routing/ids";
import { countNames, dimensions } from "./contribution.ts";
import { bucketMs, floorTo } from "./rollup-buckets.ts";
import { type Bins, mergeInto, readBins } from "./sketch.ts";
import { execute, type Queryable, rowsOf } from "../database/sql.ts";
import { addSketches } from "./write-sketches.ts";

const every = dimensions.map((dimension) => `'${dimension}'`).join(",");
const columns = countNames.join(", ");
const sums = countNames.map((name) => `SUM(${name})`).join(", ");

/** Which bucket, and what it is the sum of. */
type Sum = { tenantId: TenantId; size: "6hours" | "day" | "7days"; of: "hour" | "day"; startMs: number };

/** What a day's hours and the days around it make: its quarters, itself, and the seven days in which it lies. */
export async function sumAround(connection: Queryable, tenantId: TenantId, dayMs: number): Promise<void> {
  for (let startMs = dayMs; startMs < dayMs + bucketMs.day; startMs += bucketMs["6hours"])
    await sumBucket(connection, { tenantId, size: "6hours", of: "hour", startMs });
  await sumBucket(connection, { tenantId, size: "day", of: "hour", startMs: dayMs });
  await sumBucket(connection, { tenantId, size: "7days", of: "day", startMs: floorTo("7days", dayMs) });
}

async function sumBucket(connection: Queryable, { tenantId, size, of, startMs }: Sum): Promise<void> {
  const [from, to] = [new Date(startMs), new Date(startMs + bucketMs[size])];
  const gone = `tenant_id = ? AND dimension IN (${every}) AND size = ? AND start_at = ?`;
  await execute(connection, `DELETE FROM call_rollups WHERE ${gone}`, [tenantId, size, from]);
  const parts = `tenant_id = ? AND dimension IN (${every}) AND size = ? AND start_at >= ? AND start_at < ?`;
  const sum = `INSERT INTO call_rollups (tenant_id, dimension, size, start_at, id, ${columns})
    SELECT tenant_id, dimension, ?, ?, id, ${sums} FROM call_rollups WHERE ${parts} GROUP BY tenant_id, dimension, id`;
  await execute(connection, sum, [size, from, tenantId, of, from, to]);
  await sumSketches(connection, { tenantId, size, of, startMs });
}

async function sumSketches(connection: Queryable, { tenantId, size, of, startMs }: Sum): Promise<void> {
  const [from, to] = [new Date(startMs), new Date(startMs + bucketMs[size])];
  const parts = "SELECT decision_ms, ring_seconds FROM call_sketches WHERE tenant_id = ? AND size = ? AND start_at >= ? AND start_at < ?";
  const rows = await rowsOf<{ decision_ms: string; ring_seconds: string }>(connection, parts, [tenantId, of, from, to]);
  const decisionMs: Bins = new Map();
  const ringSeconds: Bins = new Map();
  for (const row of rows) {
    mergeInto(decisionMs, readBins(row.decision_ms));
    mergeInto(ringSeconds, readBins(row.ring_seconds));
  }
  await execute(connection, "DELETE FROM call_sketches WHERE tenant_id = ? AND size = ? AND start_at = ?", [tenantId, size, from]);
  if (rows.length > 0) await addSketches(connection, [{ tenantId, size, startMs, decisionMs, ringSeconds }]);
}
