/** The operators' door: who is signed in, what they reach, and the live events. */
import type { Database } from "@switchboard/control/database";
import type { KeyRing } from "@switchboard/control/key-ring";
import type { Passwords } from "@switchboard/control/passwords";
import type { ApiDoorDeps } from "./api-door.ts";
import { composeAccess } from "./compose-access.ts";
import { composeAuth } from "./compose-auth.ts";
import { composeLive } from "./compose-live.ts";
import type { Engine } from "./compose-engine.ts";
import type { ServerConfig } from "./compose.ts";
import type { Logger } from "./logger.ts";
import type { PlanService } from "./plans/plan-service.ts";
import type { RedisClients } from "./redis-clients.ts";

export type ApiParts = {
  config: ServerConfig;
  database: Database;
  keyRing: KeyRing;
  passwords: Passwords;
  redis: RedisClients;
  plans: PlanService;
  engine: Engine;
  logger: Logger;
};

export const composeApi = (parts: ApiParts): { door: ApiDoorDeps; stop: () => Promise<void> } => {
  const { auth, identify, sessions } = composeAuth(parts);
  const live = composeLive(parts);
  return {
    door: {
      api: { auth, tenant: composeAccess(parts, live) },
      identify,
      publicUrl: parts.config.publicUrl,
      logger: parts.logger,
    },
    stop: async () => {
      sessions.stop();
      await live.hub.stop();
    },
  };
};
