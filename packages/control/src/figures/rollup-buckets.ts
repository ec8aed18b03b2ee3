/** The pieces of time that figures are kept in: how long they are, where they begin, and how long they are kept. */

/** What people ask by; finest first. */
export const intervals = ["minute", "hour", "day"] as const;
export type Interval = (typeof intervals)[number];

/** Finest first, each a multiple of the one before: those between and beyond make long ranges of few buckets. */
export const bucketSizes = ["minute", "hour", "6hours", "day", "7days"] as const;
export type BucketSize = (typeof bucketSizes)[number];

export const bucketMs = {
  ...{ minute: 60_000, hour: 3_600_000, "6hours": 21_600_000 },
  ...{ day: 86_400_000, "7days": 604_800_000 },
} as const satisfies Record<BucketSize, number>;

/** Thirteen months are 400 days here, so that the same month of last year is whole. */
export const keptMs = {
  ...{ minute: 48 * bucketMs.hour, hour: 400 * bucketMs.day, "6hours": 400 * bucketMs.day },
  ...{ day: null, "7days": null },
} as const satisfies Record<BucketSize, number | null>;

export const floorTo = (size: BucketSize, atMs: number): number => Math.floor(atMs / bucketMs[size]) * bucketMs[size];
export const ceilTo = (size: BucketSize, atMs: number): number => Math.ceil(atMs / bucketMs[size]) * bucketMs[size];

/** Machines' clocks differ: what one still reads another must still write. */
const clockMarginMs = 600_000;

/** Whether a bucket that begins then is still written; what is older is read by nobody, and gone soon. */
export const isWritten = (size: BucketSize, startMs: number, nowMs: number): boolean => {
  const kept = keptMs[size];
  return kept === null || startMs >= nowMs - kept - clockMarginMs;
};

/** Buckets of this size that begin before are never touched again; null: none is ever forgotten. */
export const forgottenBefore = (size: BucketSize, nowMs: number): number | null => {
  const kept = keptMs[size];
  return kept === null ? null : nowMs - kept - 2 * clockMarginMs;
};
