/** Every address of the console; a page's code is fetched when it is first wanted, and what it shows stands in its address. */
import { createRouter } from "@tanstack/react-router";
import { PageFailed } from "./components/page-failed.tsx";
import { PageLoading } from "./components/page-loading.tsx";
import { agentRoute, agentsRoute, newAgentRoute } from "./routes/agents.ts";
import { analyticsRoute } from "./routes/analytics.ts";
import { auditRoute } from "./routes/audit.ts";
import { callRecordRoute } from "./routes/call-record.ts";
import { callRecordsRoute } from "./routes/call-records.ts";
import { groupRoute, groupsRoute, newGroupRoute } from "./routes/groups.ts";
import { homeRoute } from "./routes/home.ts";
import { inboundRulesRoute } from "./routes/inbound-rules.ts";
import { liveCallsRoute } from "./routes/live-calls.ts";
import { outboundRulesRoute } from "./routes/outbound-rules.ts";
import { rootRoute } from "./routes/root.tsx";
import { parseSearch, stringifySearch } from "./routes/search.ts";
import { settingsRoute } from "./routes/settings.ts";
import { startRoute } from "./routes/start.ts";
import { webhookLogRoute } from "./routes/webhook-log.ts";

const routeTree = rootRoute.addChildren([
  homeRoute,
  liveCallsRoute,
  callRecordsRoute,
  callRecordRoute,
  analyticsRoute,
  webhookLogRoute,
  auditRoute,
  settingsRoute,
  startRoute,
  inboundRulesRoute,
  outboundRulesRoute,
  groupsRoute,
  newGroupRoute,
  groupRoute,
  agentsRoute,
  newAgentRoute,
  agentRoute,
]);

export const createConsoleRouter = () =>
  createRouter({
    routeTree,
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    defaultPendingMs: 150,
    defaultPendingComponent: PageLoading,
    defaultErrorComponent: PageFailed,
    scrollRestoration: true,
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
