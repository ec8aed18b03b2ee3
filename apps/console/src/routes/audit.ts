/** `/audit`: who changed what, and the way back. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { timeRanges } from "../format/time-range.ts";
import { auditKinds } from "../pages/audit/audit-kinds.ts";
import { rootRoute } from "./root.tsx";
import { momentParam, oneOfParam, textParam } from "./search-fields.ts";

/** `person` and `target`: ids; `entry`: which change is open. */
const auditSearch = z.object({
  person: textParam,
  kind: oneOfParam(auditKinds),
  target: textParam,
  range: oneOfParam(timeRanges),
  after: momentParam,
  before: momentParam,
  entry: textParam,
});
export type AuditSearch = z.output<typeof auditSearch>;

export const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("../pages/audit/audit-page.tsx"), "AuditPage"),
});
