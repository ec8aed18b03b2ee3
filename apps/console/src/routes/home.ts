/** `/`: the dashboard. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { dashboardRanges } from "../pages/dashboard/dashboard-range.ts";
import { rootRoute } from "./root.tsx";
import { oneOfParam } from "./search-fields.ts";

export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  validateSearch: z.object({ range: oneOfParam(dashboardRanges) }),
  component: lazyRouteComponent(() => import("../pages/dashboard/dashboard-page.tsx"), "DashboardPage"),
});
