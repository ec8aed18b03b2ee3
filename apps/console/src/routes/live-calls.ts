/** `/live`: the calls on the line. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { rootRoute } from "./root.tsx";
import { textParam } from "./search-fields.ts";

export const liveCallsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/live",
  /** `call`: whose details are open. */
  validateSearch: z.object({ call: textParam }),
  component: lazyRouteComponent(() => import("../pages/live-calls/live-calls-page.tsx"), "LiveCallsPage"),
});
