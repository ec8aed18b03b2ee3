/** Who is signed in: logins, sessions and the tokens that stand for them, and what slows down guessing and asking. */
import type { Actor } from "@switchboard/api/actor";
import type { LimitDeps } from "@switchboard/api/deps";
import type { SessionsEnded } from "@switchboard/control/end-sessions";
import { refreshSession, sessionOfRefreshToken } from "@switchboard/control/session-refresh";
import { findSessions, revokeSession, startSession } from "@switchboard/control/sessions";
import { findUser, verifyLogin } from "@switchboard/control/users";
import { createLoginPauses } from "@switchboard/execution/login-pause";
import { createRateLimit } from "@switchboard/execution/rate-limit";
import { createAccessTokens } from "./auth/access-token.ts";
import { endEverywhere } from "./auth/end-everywhere.ts";
import { type AuthStore, createAuth, createSignIn } from "./auth/login.ts";
import { createLoginThrottle } from "./auth/login-throttle.ts";
import { createSessionCache } from "./auth/session-cache.ts";
import type { ApiParts } from "./compose-api.ts";
import { createApiLimits, createLimiter } from "./limits/rate-limits.ts";
import { createRedisFirst } from "./limits/redis-first.ts";

const clock = () => performance.now();

const authStore = ({ database, keyRing, passwords }: ApiParts): AuthStore => ({
  verifyLogin: (email, password) => verifyLogin({ database, passwords }, email, password),
  findUser: (tenant, user) => findUser(database, tenant, user),
  startSession: ({ tenantId, user }) => startSession(database, tenantId, user),
  revokeSession: (sessionId) => revokeSession(database, sessionId),
  refreshSession: (token) => refreshSession({ database, keyRing }, token, new Date()),
  sessionOfRefreshToken: (token) => sessionOfRefreshToken({ database, keyRing }, token, new Date()),
});

const sessionsOf = ({ database }: ApiParts) =>
  createSessionCache({
    loadSessions: async (sessionIds) => {
      const found = await findSessions(database, sessionIds, new Date());
      const inForce = [...found].filter(([, { ended }]) => !ended);
      return new Map(
        inForce.map(([sessionId, { tenantId, userId, email, role }]): [string, Actor] => [
          sessionId,
          { tenantId, userId, email, role, sessionId },
        ]),
      );
    },
    now: clock,
  });

const limitsOf = ({ redis, limits }: ApiParts) => {
  const redisFirst = createRedisFirst(clock);
  const limit = createLimiter({ inRedis: createRateLimit(redis.limits), redisFirst, now: clock });
  const api: LimitDeps = createApiLimits(limit, limits);
  return { api, throttle: createLoginThrottle({ limit, pauses: createLoginPauses(redis.limits), redisFirst, now: clock }) };
};

export const composeAuth = (parts: ApiParts) => {
  const { keyRing, redis, logger } = parts;
  const sessions = sessionsOf(parts);
  const tokens = createAccessTokens(keyRing.derive("jwt"), (id) => keyRing.deriveOf("jwt", id));
  const { api: limits, throttle } = limitsOf(parts);
  const store = authStore(parts);
  const sessionsEnded = endEverywhere({ sessions, publish: redis.publishSessions, logger });
  // One that doesn't hear it finds it out by looking.
  redis.listenForSessions(({ userId }: SessionsEnded) => void sessions.endedOf(userId));
  const signIn = createSignIn({ store, tokens });
  const auth = createAuth({ store, tokens, sessions, throttle, sessionsEnded, logger }, signIn);
  const identify = async (token: string): Promise<Actor | null> => {
    const subject = await tokens.read(token);
    return subject === null ? null : sessions.get(subject);
  };
  return { auth, identify, sessions, sessionsEnded, throttle, limits, signIn };
};

export type Auth = ReturnType<typeof composeAuth>;
