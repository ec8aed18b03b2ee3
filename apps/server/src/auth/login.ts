/** Signing in: throttled, with one answer for a person who does not exist, a wrong password and a disabled account. */
import type { AuthDeps } from "@switchboard/api/deps";
import type { User } from "@switchboard/api/schemas/auth";
import type { TenantId, UserId } from "@switchboard/routing/ids";
import { type AccessTokens, accessTokenSeconds } from "./access-token.ts";
import type { LoginThrottle } from "./login-throttle.ts";
import type { SessionCache } from "./session-cache.ts";

type KnownUser = User & { id: UserId };

export type AuthStore = {
  /** Takes as long for a person who does not exist; null for whoever may not sign in. */
  verifyLogin: (email: string, password: string) => Promise<{ tenantId: TenantId; user: KnownUser } | null>;
  findUser: (tenant: TenantId, user: UserId) => Promise<User | null>;
  startSession: (tenant: TenantId, user: UserId) => Promise<{ sessionId: string }>;
  revokeSession: (sessionId: string) => Promise<void>;
};

export type AuthParts = { store: AuthStore; tokens: AccessTokens; sessions: SessionCache; throttle: LoginThrottle };

export const createAuth = ({ store, tokens, sessions, throttle }: AuthParts): AuthDeps => ({
  login: async (email, password, { address }) => {
    const account = email.toLowerCase();
    const retryAfterSeconds = throttle.waitSeconds(account, address);
    if (retryAfterSeconds > 0) return { kind: "throttled", retryAfterSeconds };
    const found = await store.verifyLogin(email, password);
    if (found === null) {
      throttle.failed(account);
      return { kind: "refused" };
    }
    throttle.succeeded(account);
    const { tenantId, user } = found;
    const { sessionId } = await store.startSession(tenantId, user.id);
    return { kind: "signed_in", accessToken: await tokens.mint({ tenantId, sessionId }), expiresInSeconds: accessTokenSeconds, user };
  },
  logout: async ({ sessionId }) => {
    await store.revokeSession(sessionId);
    sessions.end(sessionId);
  },
  user: ({ tenantId, userId }) => store.findUser(tenantId, userId),
  sessionEnded: (actor, stop) => sessions.ended(actor, stop),
});
