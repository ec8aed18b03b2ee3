/** A call record's timeline in words. */
import type { CallRecord, TimelineEntry } from "@switchboard/api/schemas/call-record";

export type TimelineLine = { key: string; at: string; tone: "neutral" | "good" | "bad"; text: string; more: string | null };

const lineOf = (entry: TimelineEntry, index: number): TimelineLine => ({
  key: `${entry.at} ${index}`,
  at: entry.at,
  tone: "neutral",
  text: entry.type,
  more: null,
});

export const linesOf = (record: CallRecord): TimelineLine[] => (record.timeline ?? []).map(lineOf);
