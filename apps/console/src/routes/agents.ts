/** `/agents`, `/agents/new` and one agent. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod/mini";
import { rootRoute } from "./root.tsx";
import { flagParam, textParam } from "./search-fields.ts";

export const agentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/agents",
  validateSearch: z.object({ search: textParam, provider: textParam, enabled: flagParam }),
  component: lazyRouteComponent(() => import("../pages/agents/agents-page.tsx"), "AgentsPage"),
});

export const newAgentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/agents/new",
  component: lazyRouteComponent(() => import("../pages/agents/new-agent-page.tsx"), "NewAgentPage"),
});

export const agentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/agents/$agentId",
  component: lazyRouteComponent(() => import("../pages/agents/agent-page.tsx"), "AgentPage"),
});
