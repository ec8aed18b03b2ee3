/** `/live`: the calls on the line. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { rootRoute } from "./root.tsx";
import { flagParam, oneOfParam, textParam } from "./search-fields.ts";

export const liveCallsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/live",
  /** `call`: whose details are open; `q` and `phase`: which calls are shown; `start`: one comes from the first steps. */
  validateSearch: z.object({
    call: textParam,
    q: textParam,
    phase: oneOfParam(["routing", "ringing", "connected", "ended"]),
    start: flagParam,
  }),
  component: lazyRouteComponent(() => import("../pages/live-calls/live-calls-page.tsx"), "LiveCallsPage"),
});
