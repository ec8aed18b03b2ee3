/** Tells every process that a tenant's configuration has changed, so that its plan follows at once. */
import type { TenantId } from "@switchboard/routing/ids";
import type { RuleChange } from "@switchboard/routing/plan-source";
import { type Channel, createChannel } from "./channel.ts";
import type { RedisClient } from "./client.ts";
import { planChannel } from "./keys.ts";

/** What changed. A saved rule is named, so that one edit of 50,000 rules costs one row; anything else reloads the tenant. */
export type PlanChange = { tenantId: TenantId; version: number; rule: { kind: RuleChange["kind"]; id: RuleChange["id"] } | null };

/** What was said while Redis was away is made up for by polling MySQL. */
export const createPlanChannel = (redis: { publisher: RedisClient; subscriber: RedisClient }): Channel<PlanChange> =>
  createChannel(redis, planChannel);
