/** `/webhook-log`: what Cloudonix sent and what we answered. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { timeRanges } from "../format/time-range.ts";
import { rootRoute } from "./root.tsx";
import { flagParam, momentParam, oneOfParam, textParam } from "./search-fields.ts";

/** `q`: a call's id or session; `event`: whose details are open. */
const webhookSearch = z.object({
  q: textParam,
  kind: oneOfParam(["voice", "dial_result", "session_update", "cdr"]),
  refused: flagParam,
  range: oneOfParam(timeRanges),
  after: momentParam,
  before: momentParam,
  event: textParam,
});
export type WebhookSearch = z.output<typeof webhookSearch>;

export const webhookLogRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/webhook-log",
  validateSearch: webhookSearch,
  component: lazyRouteComponent(() => import("../pages/webhook-log/webhook-log-page.tsx"), "WebhookLogPage"),
});
