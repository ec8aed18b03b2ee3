/** `/start`: from an empty tenant to the first call. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { rootRoute } from "./root.tsx";
import { oneOfParam } from "./search-fields.ts";
import { startSteps } from "./start-steps.ts";

export const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/start",
  /** `step`: the one that was opened; else the first that is still to be done. */
  validateSearch: z.object({ step: oneOfParam(startSteps) }),
  component: lazyRouteComponent(() => import("../pages/start/start-page.tsx"), "StartPage"),
});
