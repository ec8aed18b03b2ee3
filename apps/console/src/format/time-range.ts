/** Stretches of time that a list is asked for: some that end now, or one of one's own. */
import { format } from "date-fns";

export const timeRanges = ["hour", "day", "week", "month", "quarter", "year", "custom"] as const;
export type TimeRange = (typeof timeRanges)[number];

/** ISO 8601; of one's own, either end may be open. */
export type TimeChoice = { range?: TimeRange | undefined; after?: string | undefined; before?: string | undefined };

export const rangeWords: Record<TimeRange, string> = {
  hour: "Last hour",
  day: "Last 24 hours",
  week: "Last 7 days",
  month: "Last 30 days",
  quarter: "Last 90 days",
  year: "Last 365 days",
  custom: "From … to …",
};

const minute = 60_000;
const hour = 60 * minute;

/** How far back, and in what steps its beginning moves on: a list that is come back to is still the same one. */
const spans: Record<Exclude<TimeRange, "custom">, { length: number; step: number }> = {
  hour: { length: hour, step: minute },
  day: { length: 24 * hour, step: 10 * minute },
  week: { length: 7 * 24 * hour, step: hour },
  month: { length: 30 * 24 * hour, step: hour },
  quarter: { length: 90 * 24 * hour, step: hour },
  year: { length: 365 * 24 * hour, step: hour },
};

/** Times without a range, as a link may have them, are a range of one's own. */
export const rangeOf = ({ range, after, before }: TimeChoice): TimeRange | null =>
  range ?? (after === undefined && before === undefined ? null : "custom");

/** From when (this moment included) to when (not included); nothing where it is open. */
export const boundsOf = (choice: TimeChoice, now: number): { after?: string; before?: string } => {
  const range = rangeOf(choice);
  if (range === null) return {};
  if (range !== "custom") {
    const { length, step } = spans[range];
    return { after: new Date(Math.floor((now - length) / step) * step).toISOString() };
  }
  const { after, before } = choice;
  return { ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) };
};

/** The same as of now: to be kept until something else is chosen, so that a list does not change while it is read. */
export const boundsNow = (choice: TimeChoice): { after?: string; before?: string } => boundsOf(choice, Date.now());

/** As the browser's own field for a moment takes it, in the person's zone. */
export const toFieldText = (at: string | undefined): string => (at === undefined ? "" : format(new Date(at), "yyyy-MM-dd'T'HH:mm"));

export const fromFieldText = (text: string): string | undefined => {
  const at = new Date(text);
  return text === "" || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};
