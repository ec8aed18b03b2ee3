/** Everything that can be asked, by name. */
import { agentsRouter } from "./procedures/agents.ts";
import { analyticsRouter } from "./procedures/analytics.ts";
import { attentionRouter } from "./procedures/attention.ts";
import { auditRouter } from "./procedures/audit.ts";
import { authRouter } from "./procedures/auth.ts";
import { callsRouter } from "./procedures/calls.ts";
import { callRecordsRouter } from "./procedures/call-records.ts";
import { cloudonixRouter, trunksRouter } from "./procedures/cloudonix.ts";
import { exportsRouter } from "./procedures/exports.ts";
import { erasuresRouter } from "./procedures/erasures.ts";
import { groupsRouter } from "./procedures/groups.ts";
import { inboundRulesRouter } from "./procedures/inbound-rules.ts";
import { liveRouter } from "./procedures/live.ts";
import { outboundPolicyRouter } from "./procedures/outbound-policy.ts";
import { outboundRulesRouter } from "./procedures/outbound-rules.ts";
import { routingRouter } from "./procedures/routing.ts";
import { tenantRouter } from "./procedures/tenant.ts";
import { testCallsRouter } from "./procedures/test-calls.ts";
import { webhookEventsRouter } from "./procedures/webhook-events.ts";
import { usersRouter } from "./procedures/users.ts";
import { createCallerFactory, router } from "./trpc.ts";

export const appRouter = router({
  auth: authRouter,
  agents: agentsRouter,
  groups: groupsRouter,
  inboundRules: inboundRulesRouter,
  outboundRules: outboundRulesRouter,
  outboundPolicy: outboundPolicyRouter,
  calls: callsRouter,
  callRecords: callRecordsRouter,
  exports: exportsRouter,
  analytics: analyticsRouter,
  attention: attentionRouter,
  live: liveRouter,
  routing: routingRouter,
  tenant: tenantRouter,
  audit: auditRouter,
  erasures: erasuresRouter,
  users: usersRouter,
  webhookEvents: webhookEventsRouter,
  testCalls: testCallsRouter,
  cloudonix: cloudonixRouter,
  trunks: trunksRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures by name in this process, with a context of one request. */
export const createCaller = createCallerFactory(appRouter);
