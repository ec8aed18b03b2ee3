/** `/calls/…`: one call, from its first request to its end. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "./root.tsx";

export const callRecordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/calls/$callId",
  component: lazyRouteComponent(() => import("../pages/call-record/call-record-page.tsx"), "CallRecordPage"),
});
