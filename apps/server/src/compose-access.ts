/** What one signed-in person reaches: functions bound to their tenant, and changes written down under their name. */
import type { Actor } from "@switchboard/api/actor";
import type { TenantAccess } from "@switchboard/api/deps";
import { createAgents } from "@switchboard/control/agents";
import { createAnalytics } from "@switchboard/control/analytics";
import { createAuditLog } from "@switchboard/control/audit-log";
import { createCallRecordReads } from "@switchboard/control/call-records";
import type { Bound } from "@switchboard/control/change";
import { createErasures } from "@switchboard/control/erasures";
import { createGroups } from "@switchboard/control/groups";
import { createInboundRules } from "@switchboard/control/inbound-rules";
import { createOutboundPolicy } from "@switchboard/control/outbound-policy";
import { createOutboundRules } from "@switchboard/control/outbound-rules";
import { createRuleHits } from "@switchboard/control/rule-hits";
import { createUsers } from "@switchboard/control/users";
import { createTenantSettings } from "@switchboard/control/tenant-settings";
import { createWebhookEvents } from "@switchboard/control/webhook-events";
import { composeLiveOperations } from "./compose-live-operations.ts";
import type { ApiParts } from "./compose-api.ts";
import type { Live } from "./compose-live.ts";
import { composeOperations } from "./compose-operations.ts";
import type { Auth } from "./compose-auth.ts";
import { createChangePassword } from "./auth/change-password.ts";
import { webhooksOf } from "./first-run.ts";
import { createAppendEvent } from "@switchboard/execution/append-event";
import { findingsIn } from "./plans/rule-findings.ts";
import { createAnnounce } from "./plans/announce.ts";
import { isNumberField } from "./webhook/wire-in.ts";

export const composeAccess = (parts: ApiParts, live: Live, people: Auth) => {
  const { config, database, keyRing, redis, plans, engine, passwords, testCalls, cloudonix, exports, logger } = parts;
  const announce = createAnnounce({ follow: plans.changed, publish: redis.publishPlan, append: createAppendEvent(redis.jobs), logger });
  const operationsOf = composeOperations({ config, redis, plans, engine });
  const liveOperationsOf = composeLiveOperations(parts);
  const boundOf = ({ tenantId, userId, email }: Actor): Bound => ({
    ...{ database, keyRing, tenantId, announce },
    actor: { id: userId, name: email },
  });
  const of = (actor: Actor): TenantAccess => {
    const { tenantId, userId, email, sessionId } = actor;
    const bound = boundOf(actor);
    const peopleBound = { ...bound, passwords, sessionsEnded: people.sessionsEnded };
    const resources = {
      agents: createAgents(bound),
      groups: createGroups(bound),
      inboundRules: createInboundRules(bound),
      outboundRules: createOutboundRules(bound),
      outboundPolicy: createOutboundPolicy(bound),
      settings: createTenantSettings(bound),
      users: createUsers(peopleBound),
    };
    return {
      ...resources,
      ...operationsOf(bound, resources.agents),
      changePassword: createChangePassword(peopleBound, { userId, email, sessionId }, people.throttle),
      ruleFindings: findingsIn(() => plans.tenants.byId(tenantId)?.plan),
      auditLog: createAuditLog(bound, resources),
      callRecords: createCallRecordReads(database, tenantId),
      exports: exports.accessOf(bound, actor),
      erasures: createErasures(bound),
      analytics: createAnalytics(database, tenantId),
      ruleHits: createRuleHits(database, tenantId),
      webhookEvents: createWebhookEvents(database, tenantId),
      isNumberField,
      cloudonix: cloudonix.accessOf(bound, resources.settings),
      liveOperations: liveOperationsOf(bound),
      webhooksOf: (tenantKey) => webhooksOf(config.publicUrl, tenantKey),
      placeTestCall: (input) => testCalls.place(tenantId, input),
      liveCalls: () => live.liveCalls(tenantId),
      liveEvents: (lastEventId, signal) => live.watch(tenantId, lastEventId, signal),
    };
  };
  return { of, boundOf };
};
