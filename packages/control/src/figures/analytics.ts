/** Figures of one tenant's calls, read from what the recorder keeps and never from the records, whose number does not matter so. */
import type { TenantId } from "@switchboard/routing/ids";
import type { Database } from "../database/database.ts";
import { bucketMs, floorTo, type Interval } from "./rollup-buckets.ts";
import { rowsIn } from "./segment-sql.ts";
import { mergeInto, type Percentiles, percentilesOf, readBins } from "./sketch.ts";
import { inSnapshot, type Queryable, rowsOf } from "../database/sql.ts";
import { type Segment, segmentsOf, type SummaryQuery, type SummaryRange, summaryRange } from "./summary-range.ts";
import { readSlices, type Slices } from "./summary-slices.ts";

type SeriesPoint = { at: string; calls: number; answered: number; averageDurationSeconds: number };

export type Summary = Slices & {
  from: string;
  to: string;
  interval: Interval;
  totals: { calls: number; answered: number; failedOver: number; fallback: number };
  byStatus: Record<string, number>;
  byReason: Record<string, number>;
  /** One point for each interval of the range, also where nobody called. */
  series: SeriesPoint[];
  answerSeizureRatio: number;
  averageDurationSeconds: number;
  failoverRate: number;
  fallbackRate: number;
  decisionMs: Percentiles;
  /** Of answered calls. */
  ringSeconds: Percentiles;
};

export type Analytics = ReturnType<typeof createAnalytics>;

export function createAnalytics({ pool, breaker }: Pick<Database, "pool" | "breaker">, tenantId: TenantId) {
  return {
    /** Throws ControlError `rule_broken` for a range that makes no sense, `unavailable`. */
    summary: (query: SummaryQuery, nowMs = Date.now()): Promise<Summary> => {
      const range = summaryRange(query, nowMs);
      return breaker.run(() => inSnapshot(pool, (connection) => readSummary(connection, tenantId, range)));
    },
  };
}

async function readSummary(connection: Queryable, tenantId: TenantId, range: SummaryRange): Promise<Summary> {
  const { fromMs, toMs, interval } = range;
  const longest = segmentsOf(range, "7days");
  const [series, counted, slices, spread] = await Promise.all([
    readSeries(connection, tenantId, range),
    readCounted(connection, tenantId, longest),
    readSlices(connection, tenantId, longest),
    readSpread(connection, tenantId, longest),
  ]);
  const { calls, answered, timed, seconds, failedOver, fallback } = series.totals;
  return {
    ...{ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), interval },
    totals: { calls, answered, failedOver, fallback },
    ...counted,
    ...slices,
    series: series.points,
    answerSeizureRatio: share(answered, calls),
    averageDurationSeconds: share(seconds, timed),
    failoverRate: share(failedOver, calls),
    fallbackRate: share(fallback, calls),
    ...spread,
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

type TotalRow = {
  start_at: Date;
  calls: number;
  answered: number;
  timed: number;
  seconds: number;
  failed_over: number;
  fallback: number;
};

type Point = Pick<TotalRow, "calls" | "answered" | "timed" | "seconds">;

async function readSeries(connection: Queryable, tenantId: TenantId, range: SummaryRange) {
  const { fromMs, toMs, interval } = range;
  const { sql, values } = rowsIn(segmentsOf(range, interval), {
    table: "call_rollups",
    columns: "start_at, calls, answered, timed, seconds, failed_over, fallback",
    where: "tenant_id = ? AND dimension = 'total'",
    values: [tenantId],
  });
  const totals = { calls: 0, answered: 0, timed: 0, seconds: 0, failedOver: 0, fallback: 0 };
  const points = new Map<number, Point>();
  for (let at = floorTo(interval, fromMs); at < toMs; at += bucketMs[interval])
    points.set(at, { calls: 0, answered: 0, timed: 0, seconds: 0 });
  for (const row of await rowsOf<TotalRow>(connection, `SELECT r.* FROM ${sql}`, values)) {
    totals.calls += row.calls;
    totals.answered += row.answered;
    totals.timed += row.timed;
    totals.seconds += row.seconds;
    totals.failedOver += row.failed_over;
    totals.fallback += row.fallback;
    const point = points.get(floorTo(interval, row.start_at.getTime()));
    if (!point) continue;
    point.calls += row.calls;
    point.answered += row.answered;
    point.timed += row.timed;
    point.seconds += row.seconds;
  }
  const told = ([at, { calls, answered, timed, seconds }]: [number, Point]): SeriesPoint => ({
    ...{ at: new Date(at).toISOString(), calls, answered },
    averageDurationSeconds: share(seconds, timed),
  });
  return { totals, points: [...points].map(told) };
}

async function readCounted(connection: Queryable, tenantId: TenantId, segments: Segment[]) {
  const { sql, values } = rowsIn(segments, {
    table: "call_rollups",
    columns: "dimension, id, calls",
    where: "tenant_id = ? AND dimension IN ('status', 'reason')",
    values: [tenantId],
  });
  const text = `SELECT dimension, id, CAST(SUM(calls) AS SIGNED) AS counted FROM ${sql}
    GROUP BY dimension, id HAVING counted > 0 ORDER BY counted DESC, id`;
  const rows = await rowsOf<{ dimension: string; id: string; counted: number }>(connection, text, values);
  const of = (dimension: string) =>
    Object.fromEntries(rows.filter((row) => row.dimension === dimension).map(({ id, counted }) => [id, counted]));
  return { byStatus: of("status"), byReason: of("reason") };
}

async function readSpread(connection: Queryable, tenantId: TenantId, segments: Segment[]) {
  const { sql, values } = rowsIn(segments, {
    table: "call_sketches",
    columns: "decision_ms, ring_seconds",
    where: "tenant_id = ?",
    values: [tenantId],
  });
  const rows = await rowsOf<{ decision_ms: string; ring_seconds: string }>(connection, `SELECT r.* FROM ${sql}`, values);
  const merged = (texts: string[]): Percentiles => {
    const bins = new Map<string, number>();
    for (const each of texts) mergeInto(bins, readBins(each));
    return percentilesOf(bins);
  };
  return { decisionMs: merged(rows.map((row) => row.decision_ms)), ringSeconds: merged(rows.map((row) => row.ring_seconds)) };
}
