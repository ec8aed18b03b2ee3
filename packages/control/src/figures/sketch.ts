/**
 * The spread of a measure, kept so that it can be added to, taken from and merged: DDSketch's bins with their counts. Its own
 * serialisation is dense and can't be taken from, so the bins are kept by their keys.
 */
import { DDSketch } from "@datadog/sketches-js";

/** Counts by the sketch's keys, as text; a change has negative ones too. */
export type Bins = Map<string, number>;

/** Any percentile is at most this far from the true one. */
const relativeAccuracy = 0.01;
const { mapping } = new DDSketch({ relativeAccuracy });

const zero = "zero";

export function addTo(bins: Bins, value: number, count: number): void {
  const key = value > mapping.minPossible ? String(mapping.key(value)) : zero;
  bins.set(key, (bins.get(key) ?? 0) + count);
}

export function mergeInto(bins: Bins, other: Bins): void {
  for (const [key, count] of other) bins.set(key, (bins.get(key) ?? 0) + count);
}

/** Our own column, written by `binsText` and by nothing else. */
export function readBins(text: string): Bins {
  const counts: Record<string, number> = JSON.parse(text);
  return new Map(Object.entries(counts));
}

export const binsText = (bins: Bins): string => JSON.stringify(Object.fromEntries([...bins].filter(([, count]) => count !== 0)));

export type Percentiles = { p50: number; p95: number; p99: number };

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** Zeroes when nothing was measured. */
export function percentilesOf(bins: Bins): Percentiles {
  const sketch = new DDSketch({ relativeAccuracy });
  for (const [key, count] of bins) {
    if (count <= 0) continue;
    if (key === zero) sketch.zeroCount += count;
    else sketch.store.add(Number(key), count);
    sketch.count += count;
  }
  const at = (quantile: number) => (sketch.count === 0 ? 0 : tenths(sketch.getValueAtQuantile(quantile)));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
