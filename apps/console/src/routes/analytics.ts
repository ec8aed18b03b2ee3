/** `/analytics`: how calls went over a stretch of time, and by whom. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { timeRanges } from "../format/time-range.ts";
import { analyticsIntervals, analyticsPictures } from "../pages/analytics/analytics-choices.ts";
import { rootRoute } from "./root.tsx";
import { momentParam, oneOfParam } from "./search-fields.ts";

/** `interval`: as fits the range where none is chosen; `after` and `before`: where `range` is one's own. */
const analyticsSearch = z.object({
  range: oneOfParam(timeRanges),
  after: momentParam,
  before: momentParam,
  interval: oneOfParam(analyticsIntervals),
  show: oneOfParam(analyticsPictures),
});
export type AnalyticsSearch = z.output<typeof analyticsSearch>;

export const analyticsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/analytics",
  validateSearch: analyticsSearch,
  component: lazyRouteComponent(() => import("../pages/analytics/analytics-page.tsx"), "AnalyticsPage"),
});
