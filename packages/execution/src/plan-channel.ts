/** Tells every process that a tenant's configuration has changed, so that its plan follows at once. */
import type { TenantId } from "@switchboard/routing/ids";
import type { RuleChange } from "@switchboard/routing/plan-source";
import type { RedisClient } from "./client.ts";
import { planChannel } from "./keys.ts";

/** What changed. A saved rule is named, so that one edit of 50,000 rules costs one row; anything else reloads the tenant. */
export type PlanChange = { tenantId: TenantId; version: number; rule: { kind: RuleChange["kind"]; id: RuleChange["id"] } | null };

export type PlanChannel = {
  publish: (change: PlanChange) => Promise<void>;
  /** Follows from now on and after each return of Redis; what was said meanwhile is made up for by polling MySQL. */
  listen: (onChange: (change: PlanChange) => void, onError: (error: unknown) => void) => void;
};

/** `subscriber` must be a client of its own. */
export const createPlanChannel = (redis: { publisher: RedisClient; subscriber: RedisClient }): PlanChannel => ({
  publish: async (change) => {
    await redis.publisher.publish(planChannel, JSON.stringify(change));
  },
  listen: (onChange, onError) => {
    const { subscriber } = redis;
    subscriber.on("message", (channel, message) => {
      if (channel === planChannel) onChange(JSON.parse(message));
    });
    const join = () => subscriber.subscribe(planChannel).catch(onError);
    subscriber.on("ready", join);
    if (subscriber.status === "ready") void join();
  },
});
