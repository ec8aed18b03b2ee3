/** The figures counted anew from the records, in SQL and by other words than the product's; for tests and nothing else. */
import type { Database } from "../database/database.ts";
import { type BucketSize, bucketMs, bucketSizes, keptMs } from "./rollup-buckets.ts";
import { addTo, type Bins, readBins } from "./sketch.ts";
import { rowsOf } from "../database/sql.ts";

type Figures = { rollups: Record<string, number[]>; sketches: Record<string, [string, number][][]>; hits: Record<string, string> };
type Pool = Pick<Database, "pool">;

/** A bucket younger than this by a minute is surely kept. */
const since = (size: BucketSize, nowMs: number): Date => new Date(Math.max(0, nowMs - (keptMs[size] ?? nowMs) + 60_000));

const dialAnswered = `r.answered AND (a.result = 'completed' OR (a.result IS NULL AND a.step =
  (SELECT MAX(b.step) FROM call_attempts b WHERE b.tenant_id = r.tenant_id AND b.call_id = r.id)))`;

const ofCalls = { from: "call_records r", taken: "r.answered", where: "1 = 1" };
const ofDials = {
  from: "call_records r JOIN call_attempts a ON a.tenant_id = r.tenant_id AND a.call_id = r.id",
  taken: `(${dialAnswered})`,
  where: "a.agent_id IS NOT NULL",
};

const dimensions = {
  total: { id: "''", ...ofCalls },
  status: { id: "r.status", ...ofCalls },
  reason: { id: "COALESCE(r.reason, IF(r.ended_at IS NULL, 'matched', 'engine_error'))", ...ofCalls },
  group: { id: "r.group_id", ...ofCalls, where: "r.group_id IS NOT NULL" },
  rule: { id: "r.rule_id", ...ofCalls, where: "r.rule_id IS NOT NULL" },
  agent: { id: "a.agent_id", ...ofDials },
  provider: { id: "a.provider", ...ofDials, where: "a.agent_id IS NOT NULL AND a.provider IS NOT NULL" },
} as const;

type Row = {
  start: number;
  id: string;
  calls: number;
  answered: number;
  timed: number;
  seconds: number;
  failed_over: number;
  fallback: number;
};

const number = (sql: string) => `CAST(COALESCE(SUM(${sql}), 0) AS SIGNED)`;

export async function recountOf({ pool }: Pool, tenantId: string, nowMs: number): Promise<Figures> {
  const rollups: Figures["rollups"] = {};
  for (const size of bucketSizes) {
    for (const [dimension, { id, from, taken, where }] of Object.entries(dimensions)) {
      const start = `FLOOR(UNIX_TIMESTAMP(r.started_at) / ${bucketMs[size] / 1000})`;
      const rows = await rowsOf<Row>(
        pool,
        `SELECT CAST(${start} AS SIGNED) AS start, ${id} AS id, COUNT(*) AS calls, ${number(taken)} AS answered,
           ${number(`${taken} AND r.duration_seconds IS NOT NULL`)} AS timed, ${number(`IF(${taken}, r.duration_seconds, 0)`)} AS seconds,
           ${number("(SELECT COUNT(*) FROM call_attempts c WHERE c.tenant_id = r.tenant_id AND c.call_id = r.id) > 1")} AS failed_over,
           ${number("r.fallback_used IS NOT NULL")} AS fallback
         FROM ${from} WHERE r.tenant_id = ? AND r.test = 0 AND r.started_at >= ? AND ${where} GROUP BY 1, 2`,
        [tenantId, floored(size, since(size, nowMs))],
      );
      for (const row of rows)
        rollups[[dimension, size, row.start * bucketMs[size], row.id].join(" ")] = [
          ...[row.calls, row.answered, row.timed, row.seconds, row.failed_over, row.fallback],
        ];
    }
  }
  return { rollups, sketches: await recountSketches({ pool }, tenantId, nowMs), hits: await recountHits({ pool }, tenantId) };
}

const floored = (size: BucketSize, at: Date): Date => new Date(Math.ceil(at.getTime() / bucketMs[size]) * bucketMs[size]);

async function recountSketches({ pool }: Pool, tenantId: string, nowMs: number): Promise<Figures["sketches"]> {
  type Measured = { started_at: Date; decision_ms: number | null; ring_seconds: number | null; answered: number };
  const sql = "SELECT started_at, decision_ms, ring_seconds, answered FROM call_records WHERE tenant_id = ? AND test = 0";
  const rows = await rowsOf<Measured>(pool, sql, [tenantId]);
  const sketches: Record<string, [Bins, Bins]> = {};
  for (const size of bucketSizes) {
    for (const row of rows) {
      if (row.started_at < floored(size, since(size, nowMs))) continue;
      const name = `${size} ${Math.floor(row.started_at.getTime() / bucketMs[size]) * bucketMs[size]}`;
      const [decision, ring] = (sketches[name] ??= [new Map(), new Map()]);
      if (row.decision_ms !== null) addTo(decision, row.decision_ms, 1);
      if (row.ring_seconds !== null && row.answered === 1) addTo(ring, row.ring_seconds, 1);
    }
  }
  return namedSketches(Object.entries(sketches));
}

/** Those that measured nothing left out. */
const namedSketches = (sketches: [string, Bins[]][]): Figures["sketches"] =>
  Object.fromEntries(
    sketches
      .map(([name, bins]): [string, [string, number][][]] => [name, bins.map((each) => [...each].toSorted(([a], [b]) => (a < b ? -1 : 1)))])
      .filter(([, bins]) => bins.some((each) => each.length > 0)),
  );

async function recountHits({ pool }: Pool, tenantId: string): Promise<Figures["hits"]> {
  const sql =
    "SELECT rule_id, MAX(started_at) AS last_at FROM call_records WHERE tenant_id = ? AND test = 0 AND rule_id IS NOT NULL GROUP BY 1";
  return hitsOf(await rowsOf(pool, sql, [tenantId]));
}

const hitsOf = (rows: { rule_id: string; last_at: Date }[]): Figures["hits"] =>
  Object.fromEntries(rows.map((row) => [row.rule_id, row.last_at.toISOString()]));

/** What is kept, of the buckets that are still kept; those in which nothing is left are nothing. */
export async function keptFigures({ pool }: Pool, tenantId: string, nowMs: number): Promise<Figures> {
  type Kept = { dimension: string; size: BucketSize; start_at: Date; id: string } & Record<string, number>;
  const rollups: Figures["rollups"] = {};
  for (const row of await rowsOf<Kept>(pool, "SELECT * FROM call_rollups WHERE tenant_id = ?", [tenantId])) {
    const counts = ["calls", "answered", "timed", "seconds", "failed_over", "fallback"].map((name) => Number(row[name]));
    if (row.start_at < floored(row.size, since(row.size, nowMs)) || counts.every((count) => count === 0)) continue;
    rollups[[row.dimension, row.size, row.start_at.getTime(), row.id].join(" ")] = counts;
  }
  type Sketch = { size: BucketSize; start_at: Date; decision_ms: string; ring_seconds: string };
  const sketches = await rowsOf<Sketch>(pool, "SELECT * FROM call_sketches WHERE tenant_id = ?", [tenantId]);
  return {
    rollups,
    sketches: namedSketches(
      sketches
        .filter((row) => row.start_at >= floored(row.size, since(row.size, nowMs)))
        .map((row): [string, Bins[]] => [`${row.size} ${row.start_at.getTime()}`, [readBins(row.decision_ms), readBins(row.ring_seconds)]]),
    ),
    hits: hitsOf(await rowsOf(pool, "SELECT rule_id, last_at FROM rule_hits WHERE tenant_id = ?", [tenantId])),
  };
}
