/** `/inbound-rules`: which number goes where, and a call that nobody makes to see it. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { rootRoute } from "./root.tsx";
import { flagParam, oneOfParam, textParam } from "./search-fields.ts";

export const inboundRulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/inbound-rules",
  /** `rule`: which is open; `new`: one is being made; `from` and `to`: the call that is simulated. */
  validateSearch: z.object({
    search: textParam,
    enabled: flagParam,
    targetType: oneOfParam(["voice_agent", "agent_group"]),
    targetId: textParam,
    rule: textParam,
    new: flagParam,
    from: textParam,
    to: textParam,
  }),
  component: lazyRouteComponent(() => import("../pages/inbound-rules/inbound-rules-page.tsx"), "InboundRulesPage"),
});
