/** Adds up what calls contribute, minute by minute first and then by hour and day, into the rows that figures are kept in. */
import { type Contribution, type Counts, type Dimension, type Share } from "./contribution.ts";
import { type BucketSize, bucketSizes, floorTo } from "./rollup-buckets.ts";
import { addTo, type Bins, mergeInto } from "./sketch.ts";

export type RollupRow = { tenantId: string; dimension: Dimension; size: BucketSize; startMs: number; id: string; counts: Counts };
export type SketchRow = { tenantId: string; size: BucketSize; startMs: number; decisionMs: Bins; ringSeconds: Bins };

type Minute = { tenantId: string; startMs: number; shares: Map<string, Share>; decisionMs: Bins; ringSeconds: Bins };

/** Which buckets are asked for. */
type Wanted = (size: BucketSize, startMs: number) => boolean;

export function createTally() {
  const minutes = new Map<string, Minute>();

  const minuteOf = (tenantId: string, startedAtMs: number): Minute => {
    const startMs = floorTo("minute", startedAtMs);
    const key = tenantId + startMs;
    const minute = minutes.get(key) ?? { tenantId, startMs, shares: new Map(), decisionMs: new Map(), ringSeconds: new Map() };
    minutes.set(key, minute);
    return minute;
  };

  return {
    /** `sign` -1 takes away what was added before, here or in the rows. */
    add(tenantId: string, { startedAtMs, shares, decisionMs, ringSeconds }: Contribution, sign: 1 | -1): void {
      const minute = minuteOf(tenantId, startedAtMs);
      for (const { dimension, id, counts } of shares) addCounts(minute.shares, { dimension, id, counts }, sign);
      if (decisionMs !== null) addTo(minute.decisionMs, decisionMs, sign);
      if (ringSeconds !== null) addTo(minute.ringSeconds, ringSeconds, sign);
    },
    /** In the order of their keys, so that two writers wait for each other instead of deadlocking; without those that change nothing. */
    rows(wanted: Wanted): { rollups: RollupRow[]; sketches: SketchRow[] } {
      const all = bucketSizes.map((size) => bucketsOf(minutes.values(), size, wanted));
      const rollups = all.flatMap((each) => each.rollups).filter(({ counts }) => counts.some((count) => count !== 0));
      const sketches = all.flatMap((each) => each.sketches).filter((each) => isChanged(each.decisionMs) || isChanged(each.ringSeconds));
      return { rollups: rollups.toSorted(byKey(rollupKey)), sketches: sketches.toSorted(byKey(sketchKey)) };
    },
  };
}

function addCounts(shares: Map<string, Share>, { dimension, id, counts }: Share, sign: 1 | -1): void {
  const key = dimension + id;
  const share = shares.get(key) ?? { dimension, id, counts: [0, 0, 0, 0, 0, 0] };
  const sum = share.counts;
  sum[0] += sign * counts[0];
  sum[1] += sign * counts[1];
  sum[2] += sign * counts[2];
  sum[3] += sign * counts[3];
  sum[4] += sign * counts[4];
  sum[5] += sign * counts[5];
  shares.set(key, share);
}

function bucketsOf(minutes: Iterable<Minute>, size: BucketSize, wanted: Wanted) {
  const buckets = new Map<string, Minute>();
  for (const minute of minutes) {
    const { tenantId } = minute;
    const startMs = floorTo(size, minute.startMs);
    if (!wanted(size, startMs)) continue;
    const key = tenantId + startMs;
    const bucket = buckets.get(key) ?? { tenantId, startMs, shares: new Map(), decisionMs: new Map(), ringSeconds: new Map() };
    for (const share of minute.shares.values()) addCounts(bucket.shares, share, 1);
    mergeInto(bucket.decisionMs, minute.decisionMs);
    mergeInto(bucket.ringSeconds, minute.ringSeconds);
    buckets.set(key, bucket);
  }
  const all = [...buckets.values()];
  return {
    rollups: all.flatMap(({ tenantId, startMs, shares }) =>
      [...shares.values()].map(({ dimension, id, counts }): RollupRow => ({ tenantId, dimension, size, startMs, id, counts })),
    ),
    sketches: all.map(
      ({ tenantId, startMs, decisionMs, ringSeconds }): SketchRow => ({ tenantId, size, startMs, decisionMs, ringSeconds }),
    ),
  };
}

const isChanged = (bins: Bins): boolean => [...bins.values()].some((count) => count !== 0);

const rollupKey = ({ tenantId, dimension, size, startMs, id }: RollupRow) => [tenantId, dimension, size, digits(startMs), id].join(" ");
const sketchKey = ({ tenantId, size, startMs }: SketchRow) => [tenantId, size, digits(startMs)].join(" ");
const digits = (ms: number): string => String(ms).padStart(15, "0");

const byKey =
  <Row>(keyOf: (row: Row) => string) =>
  (a: Row, b: Row): number =>
    keyOf(a) < keyOf(b) ? -1 : 1;
