/** Which stretch of time a summary is about: widened to what is kept, refused in words where that would be absurd. */
import { ControlError } from "../control-error.ts";
import { type BucketSize, bucketMs, bucketSizes, ceilTo, floorTo, type Interval, intervals, keptMs } from "./rollup-buckets.ts";

export type SummaryQuery = {
  /** ISO 8601; a day before `to` when it isn't given. */
  from?: string | undefined;
  /** ISO 8601; now when it isn't given, and at most. */
  to?: string | undefined;
  interval?: Interval | undefined;
};

/** Milliseconds since the epoch, `toMs` not included; both begin a bucket of a size that is kept. */
export type SummaryRange = { fromMs: number; toMs: number; interval: Interval };

/** Buckets of one size, from `fromMs` until before `toMs`. */
export type Segment = { size: BucketSize; fromMs: number; toMs: number };

const mostPoints = 3000;
/** As many as a picture needs; what is asked for may be more. */
const fewPoints = 400;
/** Who asks for the last 48 hours means that, though the question takes a moment to arrive. */
const toleranceMs = 300_000;

const refused = (path: "from" | "to" | "interval", message: string): ControlError =>
  new ControlError("rule_broken", message, { issues: [{ path: [path], message }] });

/** Throws ControlError `rule_broken`. */
export function summaryRange(query: SummaryQuery, nowMs: number): SummaryRange {
  const askedTo = timeOf("to", query.to, nowMs);
  const askedFrom = timeOf("from", query.from, Math.min(askedTo, nowMs) - bucketMs.day);
  if (askedFrom >= askedTo) throw refused("to", "The range has to end after it begins.");
  if (askedFrom > nowMs) throw refused("from", "The range begins in the future.");
  const finest = finestAt(askedFrom, nowMs);
  const [fromMs, toMs] = [floorTo(finest, askedFrom), ceilTo(finest, Math.min(askedTo, nowMs))];
  const interval = query.interval ?? intervals.find((size) => !isFiner(size, finest) && points(size, fromMs, toMs) <= fewPoints) ?? "day";
  if (isFiner(interval, finest)) throw refused("interval", `${kept[interval]}; ask by ${finest}, or for a later beginning.`);
  const asked = points(interval, fromMs, toMs);
  if (asked <= mostPoints) return { fromMs, toMs, interval };
  const words = `By ${interval} this range has ${asked.toLocaleString("en-US")} points, and ${mostPoints.toLocaleString("en-US")} is the most`;
  throw refused(
    interval === "day" ? "from" : "interval",
    `${words}: ask for less time${interval === "day" ? "" : " or by a longer interval"}.`,
  );
}

const kept = {
  minute: "Single minutes are kept for 48 hours",
  hour: "Single hours are kept for 13 months",
  day: "Days are kept for ever",
} as const satisfies Record<Interval, string>;

function timeOf(path: "from" | "to", text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw refused(path, "This is no time.");
  return time;
}

const finestAt = (fromMs: number, nowMs: number): Interval =>
  intervals.find((size) => {
    const keptFor = keptMs[size];
    return keptFor === null || fromMs >= nowMs - keptFor - toleranceMs;
  }) ?? "day";

const isFiner = (size: Interval, than: Interval): boolean => bucketMs[size] < bucketMs[than];

const points = (size: Interval, fromMs: number, toMs: number): number => (ceilTo(size, toMs) - floorTo(size, fromMs)) / bucketMs[size];

/** The fewest buckets that make up the range, none longer than `longest`. */
export function segmentsOf({ fromMs, toMs }: Pick<SummaryRange, "fromMs" | "toMs">, longest: BucketSize): Segment[] {
  if (fromMs >= toMs) return [];
  const finer = bucketSizes[bucketSizes.indexOf(longest) - 1];
  if (finer === undefined) return [{ size: longest, fromMs, toMs }];
  const [first, last] = [ceilTo(longest, fromMs), floorTo(longest, toMs)];
  if (first >= last) return segmentsOf({ fromMs, toMs }, finer);
  return [
    ...segmentsOf({ fromMs, toMs: first }, finer),
    { size: longest, fromMs: first, toMs: last },
    ...segmentsOf({ fromMs: last, toMs }, finer),
  ];
}
