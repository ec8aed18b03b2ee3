/** What the dashboard says of a stretch of time, and of the one before it. */
import { keepPreviousData } from "@tanstack/react-query";
import { trpc } from "../../api/trpc.ts";
import { useRunningMinute } from "../../browser/use-running-minute.ts";
import type { DashboardRange } from "./dashboard-range.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const spans: Record<DashboardRange, { ms: number; interval: "minute" | "hour" | "day" }> = {
  hour: { ms: hour, interval: "minute" },
  day: { ms: day, interval: "hour" },
  week: { ms: 7 * day, interval: "hour" },
  month: { ms: 30 * day, interval: "day" },
};

const readAgainMs = 10_000;

export const useSummary = (range: DashboardRange) => {
  const { ms, interval } = spans[range];
  const now = useRunningMinute();
  const from = new Date(now - ms).toISOString();
  const options = { placeholderData: keepPreviousData };
  const current = trpc.analytics.summary.useQuery({ from, interval }, { ...options, refetchInterval: readAgainMs });
  // As long, and as late in the day, as what it is compared with.
  const before = trpc.analytics.summary.useQuery({ from: new Date(now - 2 * ms).toISOString(), to: from, interval }, options);
  return { current, before: before.data ?? null, minutes: ms / minute };
};
