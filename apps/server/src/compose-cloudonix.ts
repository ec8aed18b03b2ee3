/** The way to Cloudonix's REST API, and what people and jobs do with it; nothing of it is on the way of a call. */
import { createHmac } from "node:crypto";
import type { CloudonixAccess } from "@switchboard/api/deps";
import { createCloudonix } from "@switchboard/cloudonix/client";
import type { Bound } from "@switchboard/control/change";
import { createConnections, readConnection } from "@switchboard/control/cloudonix-connection";
import { dueConnections, noteComparison } from "@switchboard/control/cloudonix-drift";
import type { Database } from "@switchboard/control/database";
import type { KeyRing } from "@switchboard/control/key-ring";
import { readWebhookKey, type TenantAdministration } from "@switchboard/control/tenant-settings";
import { webhookTokenStanding } from "@switchboard/control/webhook-token-standing";
import { createWindowLimit } from "@switchboard/execution/window-limit";
import type { TenantId } from "@switchboard/routing/ids";
import { createApplyConnection } from "./cloudonix/apply-connection.ts";
import { createCompareConnections } from "./cloudonix/compare-connections.ts";
import { createConnectionStatus } from "./cloudonix/connection-status.ts";
import { createOpenDomain } from "./cloudonix/open-domain.ts";
import { createPlanConnection } from "./cloudonix/plan-connection.ts";
import { createRequestBudget } from "./cloudonix/request-budget.ts";
import type { TenantConnectionDeps } from "./cloudonix/tenant-connection.ts";
import { createRememberedTrunks } from "./cloudonix/remembered-trunks.ts";
import { createReadTrunks } from "./cloudonix/trunks.ts";
import { createUndoConnection } from "./cloudonix/undo-connection.ts";
import { createVerify } from "./cloudonix/verify.ts";
import type { ServerConfig } from "./compose.ts";
import { webhooksOf } from "./first-run.ts";
import type { RateLimits } from "./limits/rate-limits.ts";
import { createRedisFirst } from "./limits/redis-first.ts";
import { createNamedUrls } from "./webhook/named-url.ts";
import type { RedisClients } from "./redis-clients.ts";

export type CloudonixParts = { config: ServerConfig; database: Database; keyRing: KeyRing; redis: RedisClients; limits: RateLimits };
export type ComposedCloudonix = ReturnType<typeof composeCloudonix>;

/** A domain is compared so often: two requests each time. */
const comparedEveryMs = 15 * 60_000;
const mostAtOnce = 20;

export const composeCloudonix = ({ config, database, keyRing, redis, limits }: CloudonixParts) => {
  const now = () => performance.now();
  const allowance = createRequestBudget({
    limits: limits.cloudonix,
    inRedis: createWindowLimit(redis.limits),
    redisFirst: createRedisFirst(now),
    now,
  });
  const openDomain = createOpenDomain({ cloudonix: createCloudonix({ baseUrl: config.cloudonixUrl, allowance }), database, keyRing });
  const { publicUrl } = config;
  const trunks = createRememberedTrunks(
    createReadTrunks(openDomain, () => Date.now()),
    now,
  );
  const webhooks = async (tenantId: TenantId) => webhooksOf(publicUrl, await readWebhookKey(database, tenantId));
  const standingOf = (tenantId: TenantId, token: string) => webhookTokenStanding(database, tenantId, token);
  const sign = (facts: string) => createHmac("sha256", planKeyOf(keyRing)).update(facts).digest("base64url");
  return {
    openDomain,
    namedUrls: namedUrlsOf(config, keyRing),
    compare: createCompareConnections({
      due: () => dueConnections(database, new Date(Date.now() - comparedEveryMs), mostAtOnce),
      read: (tenantId) => readConnection(database, keyRing, tenantId),
      note: (tenantId, comparison) => noteComparison(database, tenantId, comparison),
      ...{ openDomain, webhooks, standingOf },
    }),
    accessOf: (bound: Bound, settings: TenantAdministration): CloudonixAccess => {
      const { tenantId } = bound;
      const connections = createConnections(bound);
      const deps: TenantConnectionDeps = {
        open: () => openDomain(tenantId, { urgency: "person" }),
        webhooks: () => webhooks(tenantId),
        mintToken: async () => (await settings.rotateWebhookToken()).secret,
        standingOf: (token) => standingOf(tenantId, token),
        note: (comparison) => noteComparison(database, tenantId, comparison),
        ...{ connections, sign, publicUrl },
      };
      return {
        status: createConnectionStatus({ connections, settings, publicUrl }),
        verify: createVerify(openDomain, tenantId),
        plan: createPlanConnection(deps),
        apply: createApplyConnection(deps),
        undo: createUndoConnection(deps),
        trunks: () => trunks.read(tenantId),
        rememberedTrunks: () => trunks.remembered(tenantId),
      };
    },
  };
};

const planKeyOf = (keyRing: KeyRing): Buffer => {
  const [inForce] = keyRing.derive("cloudonix-plan");
  if (!inForce) throw new Error("the key ring is empty");
  return inForce.key;
};

/** What the platform asks when an operator sends a call somewhere. */
const namedUrlsOf = ({ publicUrl }: ServerConfig, keyRing: KeyRing) =>
  createNamedUrls(publicUrl, keyRing.derive("named-url"), (id) => keyRing.deriveOf("named-url", id));
