/** `/groups`, `/groups/new` and one group. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { rootRoute } from "./root.tsx";
import { oneOfParam, textParam } from "./search-fields.ts";

export const groupsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/groups",
  validateSearch: z.object({ search: textParam, strategy: oneOfParam(["round_robin", "priority", "load_balanced"]) }),
  component: lazyRouteComponent(() => import("../pages/groups/groups-page.tsx"), "GroupsPage"),
});

export const newGroupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/groups/new",
  component: lazyRouteComponent(() => import("../pages/groups/new-group-page.tsx"), "NewGroupPage"),
});

export const groupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/groups/$groupId",
  component: lazyRouteComponent(() => import("../pages/groups/group-page.tsx"), "GroupPage"),
});
