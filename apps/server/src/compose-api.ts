/** The operators' door: who is signed in, what they reach, and the live events. */
import type { Database } from "@switchboard/control/database";
import type { KeyRing } from "@switchboard/control/key-ring";
import type { Passwords } from "@switchboard/control/passwords";
import type { ApiDoorDeps } from "./api-door.ts";
import { createRefreshCookies } from "./auth/refresh-cookie.ts";
import { composeAccess } from "./compose-access.ts";
import { composeAuth } from "./compose-auth.ts";
import type { ComposedCloudonix } from "./compose-cloudonix.ts";
import { composeLive } from "./compose-live.ts";
import { composeSetup } from "./compose-setup.ts";
import type { Engine } from "./compose-engine.ts";
import type { DownloadDeps } from "./exports/download-door.ts";
import type { ExportParts } from "./compose-exports.ts";
import type { ServerConfig } from "./compose.ts";
import type { RateLimits } from "./limits/rate-limits.ts";
import type { Logger } from "./logger.ts";
import { createPeopleSockets } from "./people-sockets.ts";
import type { PlanService } from "./plans/plan-service.ts";
import type { RedisClients } from "./redis-clients.ts";
import type { TestCalls } from "./test-calls/test-calls.ts";

export type ApiParts = {
  config: ServerConfig;
  database: Database;
  keyRing: KeyRing;
  passwords: Passwords;
  redis: RedisClients;
  plans: PlanService;
  engine: Engine;
  limits: RateLimits;
  testCalls: TestCalls;
  cloudonix: ComposedCloudonix;
  exports: ExportParts;
  logger: Logger;
};

export const composeApi = (parts: ApiParts): { door: ApiDoorDeps; downloads: DownloadDeps; stop: () => Promise<void> } => {
  const people = composeAuth(parts);
  const { auth, limits, identify, sessions } = people;
  const live = composeLive(parts);
  const { publicUrl } = parts.config;
  const access = composeAccess(parts, live, people);
  return {
    door: {
      api: { auth, limits, setup: composeSetup(parts, people), tenant: access.of },
      identify,
      cookies: createRefreshCookies(publicUrl),
      sockets: createPeopleSockets(auth),
      addresses: new WeakMap(),
      publicUrl,
      logger: parts.logger,
    },
    downloads: parts.exports.downloads(people, access.boundOf),
    stop: async () => {
      sessions.stop();
      await live.hub.stop();
    },
  };
};
