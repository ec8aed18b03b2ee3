/** `/outbound-rules`: over which trunks calls leave, and where none may go. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { rootRoute } from "./root.tsx";
import { flagParam, oneOfParam, textParam } from "./search-fields.ts";

const tabs = ["rules", "policy"] as const;
export type OutboundTab = (typeof tabs)[number];

export const outboundRulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/outbound-rules",
  /** `rule`: which is open; `new`: one is being made; `from` and `to`: the call that is simulated. */
  validateSearch: z.object({
    tab: oneOfParam(tabs),
    search: textParam,
    enabled: flagParam,
    rule: textParam,
    new: flagParam,
    from: textParam,
    to: textParam,
  }),
  component: lazyRouteComponent(() => import("../pages/outbound-rules/outbound-rules-page.tsx"), "OutboundRulesPage"),
});
