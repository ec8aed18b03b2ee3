/** Until when what has happened is kept: what is older goes. */
import { bucketMs, floorTo } from "../figures/rollup-buckets.ts";

export type RetentionSettings = { payloadDays: number; recordMonths: number };

/** Milliseconds since the epoch; what lies before is removed. */
export type Cutoffs = { payloadsFrom: number; recordsFrom: number };

/** Records go by whole days of UTC, so that no day's figures are made anew of a part of its calls; months are those of the calendar. */
export function cutoffsOf({ payloadDays, recordMonths }: RetentionSettings, nowMs: number): Cutoffs {
  const today = new Date(floorTo("day", nowMs));
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth() - recordMonths];
  const daysOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return {
    payloadsFrom: nowMs - payloadDays * bucketMs.day,
    recordsFrom: Date.UTC(year, month, Math.min(today.getUTCDate(), daysOfMonth)),
  };
}
