/** Who is signed in: logins, sessions and the tokens that stand for them. */
import type { Actor } from "@switchboard/api/actor";
import { findSessions, revokeSession, startSession } from "@switchboard/control/sessions";
import { findUser, verifyLogin } from "@switchboard/control/users";
import { createAccessTokens } from "./auth/access-token.ts";
import { createAuth } from "./auth/login.ts";
import { createLoginThrottle } from "./auth/login-throttle.ts";
import { createSessionCache } from "./auth/session-cache.ts";
import type { ApiParts } from "./compose-api.ts";

const clock = () => performance.now();

export const composeAuth = ({ database, keyRing, passwords }: ApiParts) => {
  const sessions = createSessionCache({
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
