/** How much one person, address and tenant may ask of the operators' door; never of the platform's. */
import type { Actor } from "@switchboard/api/actor";
import type { LimitDeps, LimitVerdict } from "@switchboard/api/deps";
import { admit, type Limit } from "@switchboard/execution/gcra";
import type { Urgency } from "@switchboard/cloudonix/ask";
import type { AskLimit } from "@switchboard/execution/rate-limit";
import type { WindowLimit } from "@switchboard/execution/window-limit";
import type { RedisFirst } from "./redis-first.ts";
import { createRemembered } from "./remembered.ts";

export type RateLimits = { user: Limit; address: Limit; tenant: Limit; cloudonix: Record<Urgency, WindowLimit> };

/**
 * Calls of procedures; each of a batch counts. A console at work asks a few a second and some twenty when a page opens; a script
 * that writes a tenant's configuration gets what Stripe's or Twilio's API would give it, a hundred a second.
 */
export const rateLimits: RateLimits = {
  user: { perSecond: 100, burst: 1_000 },
  // An office, or a proxy that names nobody.
  address: { perSecond: 200, burst: 4_000 },
  tenant: { perSecond: 200, burst: 4_000 },
  // What the platform takes of a domain; jobs leave room for persons.
  cloudonix: { person: { windowMs: 10_000, most: 10 }, job: { windowMs: 10_000, most: 6 } },
};

/** Never throws. `now`: milliseconds of a clock that only goes forward. */
export const createLimiter = (deps: { inRedis: AskLimit; redisFirst: RedisFirst; now: () => number }): AskLimit => {
  const dueAt = createRemembered<number>();
  const inProcess = (name: string, limit: Limit): LimitVerdict => {
    const { dueAt: next, verdict } = admit(dueAt.get(name) ?? null, deps.now(), limit);
    if (next !== null) dueAt.put(name, next);
    return verdict;
  };
  return (name, limit) =>
    deps.redisFirst(
      () => deps.inRedis(name, limit),
      () => inProcess(name, limit),
    );
};

/** The one that leaves less room. */
const nearer = (one: LimitVerdict, other: LimitVerdict): LimitVerdict => {
  if (one.isAllowed !== other.isAllowed) return one.isAllowed ? other : one;
  return other.remaining < one.remaining ? other : one;
};

export const createApiLimits = (ask: AskLimit, limits: RateLimits): LimitDeps => ({
  address: (address) => ask(`address:${address}`, limits.address),
  person: async ({ userId, tenantId }: Actor) => {
    const [user, tenant] = await Promise.all([ask(`user:${userId}`, limits.user), ask(`tenant:${tenantId}`, limits.tenant)]);
    return nearer(user, tenant);
  },
});
