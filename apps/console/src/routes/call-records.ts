/** `/calls`: every call there was, narrowed down as the address says. */
import { callOutcomes, callStatuses } from "@switchboard/api/schemas/call-lists";
import { reasons } from "@switchboard/routing/reason";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { timeRanges } from "../format/time-range.ts";
import { rootRoute } from "./root.tsx";
import { flagParam, momentParam, oneOfParam, textParam } from "./search-fields.ts";

/**
 * `q`: the search; `agent`, `group`, `rule`: ids; `provider`: its key; `after` and `before`: where `range` is one's own; `exports`: they are
 * shown.
 */
const callSearch = z.object({
  q: textParam,
  range: oneOfParam(timeRanges),
  after: momentParam,
  before: momentParam,
  status: oneOfParam(callStatuses),
  direction: oneOfParam(["inbound", "outbound"]),
  reason: oneOfParam(reasons),
  outcome: oneOfParam(callOutcomes),
  agent: textParam,
  group: textParam,
  rule: textParam,
  provider: textParam,
  test: flagParam,
  exports: flagParam,
});
export type CallSearch = z.output<typeof callSearch>;

export const callRecordsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/calls",
  validateSearch: callSearch,
  component: lazyRouteComponent(() => import("../pages/call-records/call-records-page.tsx"), "CallRecordsPage"),
});
