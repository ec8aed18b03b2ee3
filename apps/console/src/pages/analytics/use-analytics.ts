/** Which stretch of time the page is about, as its address says, and what the server says of it and of the one before. */
import type { Summary } from "@switchboard/api/schemas/summary";
import { keepPreviousData } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { trpc } from "../../api/trpc.ts";
import { useRunningMinute } from "../../browser/use-running-minute.ts";
import { boundsOf, rangeOf } from "../../format/time-range.ts";
import type { AnalyticsSearch } from "../../routes/analytics.ts";

const route = getRouteApi("/analytics");

const minute = 60_000;
const readAgainMs = 30_000;
/** Of single hours, so that none is kept no longer and the picture by hours of the day stays small. */
const mostDaysByHour = 92;

type Stretch = { from: string; to?: string };

/** Null while one's own range has no beginning. */
const stretchOf = (search: AnalyticsSearch, now: number): Stretch | null => {
  const { after, before } = boundsOf({ ...search, range: rangeOf(search) ?? "day" }, now);
  return after === undefined ? null : { from: after, ...(before === undefined ? {} : { to: before }) };
};

/** As long, and ending where it begins. */
const oneBefore = ({ from, to }: Stretch, now: number): Stretch => {
  const begin = Date.parse(from);
  const length = Math.max(minute, Math.min(to === undefined ? now : Date.parse(to), now) - begin);
  return { from: new Date(begin - length).toISOString(), to: from };
};

/** The calls that a summary counts, as the list of calls is asked for them. */
export const callsOf = ({ from, to }: Pick<Summary, "from" | "to">) => ({ range: "custom", after: from, before: to, test: false }) as const;

export const useAnalyticsAddress = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (fields: Partial<AnalyticsSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...fields }), replace: true, resetScroll: false }),
    [navigate],
  );
  return { search, change };
};

export type AnalyticsAddress = ReturnType<typeof useAnalyticsAddress>;

/** What was read stays in sight while the range moves on with the clock. */
export const useAnalytics = (search: AnalyticsSearch) => {
  const now = useRunningMinute();
  const stretch = stretchOf(search, now);
  const options = { enabled: stretch !== null, placeholderData: keepPreviousData };
  const asked = { ...(stretch ?? { from: new Date(0).toISOString() }), interval: search.interval };
  const current = trpc.analytics.summary.useQuery(asked, {
    ...options,
    ...(stretch?.to === undefined ? { refetchInterval: readAgainMs } : {}),
  });
  // Without the interval: minutes of then may be kept no longer, and what it all came to is wanted all the same.
  const before = trpc.analytics.summary.useQuery(oneBefore(asked, now), options);
  return { stretch, current, before: before.data ?? null };
};

/** By single hours, where that is possible: null where the range is too long for it. */
export const useHours = (summary: Summary) => {
  const isShort = Date.parse(summary.to) - Date.parse(summary.from) <= mostDaysByHour * 24 * 60 * minute;
  const isByHour = summary.interval === "hour";
  const { from, to } = summary;
  const read = trpc.analytics.summary.useQuery(
    { from, to, interval: "hour" },
    { enabled: isShort && !isByHour, placeholderData: keepPreviousData, retry: false },
  );
  if (isByHour) return { series: summary.series, isRead: true };
  return { series: isShort ? (read.data?.series ?? null) : null, isRead: !isShort || !read.isPending };
};
