/** Calls in a rolling window, counted by minutes; and the credit that puts a newcomer level with the least loaded. */

/** Assignments by minute since the epoch. */
export type Minutes = Map<number, number>;

const minuteMs = 60_000;
export const minuteOf = (timeMs: number): number => Math.floor(timeMs / minuteMs);

export const addToMinutes = (minutes: Minutes, minute: number, count: number): void => {
  minutes.set(minute, (minutes.get(minute) ?? 0) + count);
};

/** In `(now − windowHours, now]`, to the minute. */
export const totalInWindow = (minutes: Minutes | undefined, windowHours: number, nowMs: number): number => {
  const newest = minuteOf(nowMs);
  let total = 0;
  for (const [minute, count] of minutes ?? []) if (minute > newest - windowHours * 60 && minute <= newest) total += count;
  return total;
};

export type Level = {
  /** The least loaded of the others: its calls and its own credit. */
  least: Minutes;
  leastWeight: number;
  own: Minutes;
  ownWeight: number;
  windowHours: number;
};

/**
 * The credit that lifts a newcomer to the least loaded member's level, per weight, and never above it: newest minutes first, each
 * leaving with its minute; what the newcomer has of its own is not credited again.
 */
export const levelCredit = ({ least, leastWeight, own, ownWeight, windowHours }: Level, nowMs: number): Minutes => {
  const share = ownWeight / leastWeight;
  const missing = Math.floor(totalInWindow(least, windowHours, nowMs) * share) - totalInWindow(own, windowHours, nowMs);
  const credit: Minutes = new Map();
  let [theirs, ours, granted] = [0, 0, 0];
  for (let back = 0; back < windowHours * 60 && granted < missing; back++) {
    const minute = minuteOf(nowMs) - back;
    theirs += least.get(minute) ?? 0;
    ours += own.get(minute) ?? 0;
    const give = Math.min(Math.floor(theirs * share) - ours - granted, missing - granted);
    if (give <= 0) continue;
    granted += give;
    credit.set(minute, give);
  }
  return credit;
};
