/** The operators' door: who is signed in, what they may read, and the live events. */
import type { Actor } from "@switchboard/api/actor";
import { createCallRecordReads } from "@switchboard/control/call-records";
import type { Database } from "@switchboard/control/database";
import type { KeyRing } from "@switchboard/control/key-ring";
import type { Passwords } from "@switchboard/control/passwords";
import { findSessions, revokeSession, startSession } from "@switchboard/control/sessions";
import { findUser, verifyLogin } from "@switchboard/control/users";
import { createJournalReader } from "@switchboard/execution/journal";
import { partitionOf, partitions } from "@switchboard/execution/keys";
import { createReadLiveCalls } from "@switchboard/execution/live-calls";
import type { TenantId } from "@switchboard/routing/ids";
import type { ApiDoorDeps } from "./api-door.ts";
import { createAccessTokens } from "./auth/access-token.ts";
import { createAuth } from "./auth/login.ts";
import { createLoginThrottle } from "./auth/login-throttle.ts";
import { createSessionCache } from "./auth/session-cache.ts";
import type { ServerConfig } from "./compose.ts";
import { keepJournalMs } from "./jobs/recorder-job.ts";
import type { Logger } from "./logger.ts";
import type { PlanService } from "./plans/plan-service.ts";
import { createHub } from "./realtime/hub.ts";
import { createLiveSnapshots } from "./realtime/live-calls.ts";
import { namesOfPlan } from "./realtime/plan-names.ts";
import { createTell } from "./realtime/tell.ts";
import type { RedisClients } from "./redis-clients.ts";

export type ApiParts = {
  config: ServerConfig;
  database: Database;
  keyRing: KeyRing;
  passwords: Passwords;
  redis: RedisClients;
  plans: PlanService;
  logger: Logger;
};

const clock = () => performance.now();

const composeAuth = ({ database, keyRing, passwords }: ApiParts) => {
  const sessions = createSessionCache({
    loadSessions: async (sessionIds) => {
      const found = await findSessions(database, sessionIds, new Date());
      const inForce = [...found].filter(([, { ended }]) => !ended);
      return new Map(
        inForce.map(([sessionId, { tenantId, userId, role }]): [string, Actor] => [sessionId, { tenantId, userId, role, sessionId }]),
      );
    },
    now: clock,
  });
  const tokens = createAccessTokens(keyRing.derive("jwt"));
  const auth = createAuth({
    store: {
      verifyLogin: (email, password) => verifyLogin({ database, passwords }, email, password),
      findUser: (tenant, user) => findUser(database, tenant, user),
      startSession: (tenant, user) => startSession(database, tenant, user),
      revokeSession: (sessionId) => revokeSession(database, sessionId),
    },
    tokens,
    sessions,
    throttle: createLoginThrottle(clock),
  });
  const identify = async (token: string): Promise<Actor | null> => {
    const subject = await tokens.read(token);
    return subject === null ? null : sessions.get(subject);
  };
  return { auth, identify, sessions };
};

const composeLive = ({ redis, plans, logger }: ApiParts) => {
  const namesOf = (tenant: TenantId) => namesOfPlan(plans.tenants.byId(tenant)?.plan);
  // The recorder meets the same entry, says so and keeps it.
  const onPoison = () => undefined;
  const hub = createHub({
    reader: createJournalReader({ redis: redis.hub, onPoison }),
    replays: createJournalReader({ redis: redis.jobs, onPoison }),
    partitions,
    partitionOf,
    tell: createTell(namesOf),
    keptMs: keepJournalMs,
    logger,
  });
  return { hub, liveCalls: createLiveSnapshots({ readLiveCalls: createReadLiveCalls(redis.jobs), namesOf }) };
};

export const composeApi = (parts: ApiParts): { door: ApiDoorDeps; stop: () => Promise<void> } => {
  const { auth, identify, sessions } = composeAuth(parts);
  const { hub, liveCalls } = composeLive(parts);
  return {
    door: {
      api: { auth, callRecords: (tenant) => createCallRecordReads(parts.database, tenant), liveCalls, liveEvents: hub.subscribe },
      identify,
      publicUrl: parts.config.publicUrl,
      logger: parts.logger,
    },
    stop: async () => {
      sessions.stop();
      await hub.stop();
    },
  };
};
