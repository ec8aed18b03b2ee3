import fc from "fast-check";
import { expect, test } from "vitest";
import { addTo, type Bins, binsText, mergeInto, percentilesOf, readBins } from "./sketch.ts";

const values = fc.array(fc.oneof(fc.nat(80), fc.nat(2 ** 31 - 1)), { minLength: 1, maxLength: 300 });

const binsOf = (some: number[]): Bins => {
  const bins: Bins = new Map();
  for (const value of some) addTo(bins, value, 1);
  return bins;
};

/** Of the values themselves, by the same rank as the sketch's. */
const exactly = (some: number[], quantile: number): number => {
  const sorted = some.toSorted((a, b) => a - b);
  return sorted[Math.floor(quantile * (sorted.length - 1))] ?? 0;
};

test("any percentile is within 2 % of the true one, however the values were merged, stored and taken from", () => {
  fc.assert(
    fc.property(values, values, (kept, taken) => {
      const bins = readBins(binsText(binsOf([...kept.slice(0, 10), ...taken])));
      mergeInto(bins, readBins(binsText(binsOf(kept.slice(10)))));
      for (const value of taken) addTo(bins, value, -1);
      const { p50, p95, p99 } = percentilesOf(bins);
      for (const [found, quantile] of [
        [p50, 0.5],
        [p95, 0.95],
        [p99, 0.99],
      ] as const) {
        const truth = exactly(kept, quantile);
        expect(Math.abs(found - truth)).toBeLessThanOrEqual(truth * 0.02 + 0.05);
      }
    }),
  );
});

test("where nothing was measured, or all of it taken back, percentiles are 0", () => {
  const bins = binsOf([3]);
  addTo(bins, 3, -1);
  expect([percentilesOf(new Map()), percentilesOf(bins)]).toEqual([0, 0].map((zero) => ({ p50: zero, p95: zero, p99: zero })));
});
