/** The way to Cloudonix's REST API, and what people do with it; nothing of it is on the way of a call. */
import type { CloudonixAccess } from "@switchboard/api/deps";
import { createCloudonix } from "@switchboard/cloudonix/client";
import type { Bound } from "@switchboard/control/change";
import type { Database } from "@switchboard/control/database";
import type { KeyRing } from "@switchboard/control/key-ring";
import { createWindowLimit } from "@switchboard/execution/window-limit";
import { createOpenDomain } from "./cloudonix/open-domain.ts";
import { createRequestBudget } from "./cloudonix/request-budget.ts";
import { createVerify } from "./cloudonix/verify.ts";
import type { ServerConfig } from "./compose.ts";
import { createRedisFirst } from "./limits/redis-first.ts";
import type { RedisClients } from "./redis-clients.ts";

export type CloudonixParts = { config: ServerConfig; database: Database; keyRing: KeyRing; redis: RedisClients };
export type ComposedCloudonix = ReturnType<typeof composeCloudonix>;

export const composeCloudonix = ({ config, database, keyRing, redis }: CloudonixParts) => {
  const now = () => performance.now();
  const allowance = createRequestBudget({ inRedis: createWindowLimit(redis.limits), redisFirst: createRedisFirst(now), now });
  const cloudonix = createCloudonix({ baseUrl: config.cloudonixUrl, allowance });
  const openDomain = createOpenDomain({ cloudonix, database, keyRing });
  return {
    openDomain,
    accessOf: ({ tenantId }: Bound): CloudonixAccess => ({ verify: createVerify(openDomain, tenantId) }),
  };
};
