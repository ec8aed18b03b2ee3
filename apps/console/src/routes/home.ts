/** `/`: the dashboard. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { rootRoute } from "./root.tsx";
import { oneOfParam } from "./search-fields.ts";

/** A day where none is chosen. */
export const dashboardRanges = ["hour", "day", "week", "month"] as const;
export type DashboardRange = (typeof dashboardRanges)[number];

export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  validateSearch: z.object({ range: oneOfParam(dashboardRanges) }),
  component: lazyRouteComponent(() => import("../pages/dashboard/dashboard-page.tsx"), "DashboardPage"),
});
