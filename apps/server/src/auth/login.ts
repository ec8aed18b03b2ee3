/** Signing in and staying so: throttled, with one answer for a person who does not exist, a wrong password and a disabled account. */
import type { AuthDeps, SignedIn } from "@switchboard/api/deps";
import type { User } from "@switchboard/api/schemas/auth";
import type { Refresh, RefreshedSession } from "@switchboard/control/session-refresh";
import type { StartedSession } from "@switchboard/control/sessions";
import type { SessionsEnded } from "@switchboard/control/end-sessions";
import type { TenantId, UserId } from "@switchboard/routing/ids";
import type { Logger } from "../logger.ts";
import { type AccessTokens, accessTokenSeconds } from "./access-token.ts";
import type { LoginThrottle } from "./login-throttle.ts";
import type { SessionCache } from "./session-cache.ts";

export type KnownUser = User & { id: UserId };
export type Person = { tenantId: TenantId; user: KnownUser };

export type AuthStore = {
  /** Takes as long for a person who does not exist; null for whoever may not sign in. */
  verifyLogin: (email: string, password: string) => Promise<Person | null>;
  findUser: (tenant: TenantId, user: UserId) => Promise<User | null>;
  startSession: (person: Person) => Promise<StartedSession>;
  revokeSession: (sessionId: string) => Promise<void>;
  refreshSession: (token: string) => Promise<Refresh>;
  sessionOfRefreshToken: (token: string) => Promise<RefreshedSession | null>;
};

export type AuthParts = {
  store: AuthStore;
  tokens: AccessTokens;
  sessions: SessionCache;
  throttle: LoginThrottle;
  /** Every process lets go of what it remembers. Never throws. */
  sessionsEnded: (ended: SessionsEnded) => Promise<void>;
  logger: Logger;
};

export type SignIn = (person: Person) => Promise<SignedIn>;

type Session = { tenantId: TenantId; sessionId: string; user: User; refreshToken: string; expiresAt: Date };

const signedInOf = async (tokens: AccessTokens, { tenantId, sessionId, user, refreshToken, expiresAt }: Session): Promise<SignedIn> => ({
  accessToken: await tokens.mint({ tenantId, sessionId }),
  expiresInSeconds: accessTokenSeconds,
  user,
  refreshToken,
  refreshExpiresAt: expiresAt,
});

export const createSignIn =
  ({ store, tokens }: Pick<AuthParts, "store" | "tokens">): SignIn =>
  async (person) =>
    signedInOf(tokens, { ...person, ...(await store.startSession(person)) });

export const createAuth = ({ store, tokens, sessions, throttle, sessionsEnded, logger }: AuthParts, signIn: SignIn): AuthDeps => ({
  login: async (email, password, { address }) => {
    const retryMs = await throttle.attempt(email, address);
    if (retryMs > 0) return { kind: "throttled", retryMs };
    const found = await store.verifyLogin(email, password);
    if (found === null) return { kind: "refused" };
    await throttle.succeeded(email);
    return { kind: "signed_in", signedIn: await signIn(found) };
  },
  refresh: async (token) => {
    const refresh = await store.refreshSession(token);
    switch (refresh.kind) {
      case "refreshed":
        return signedInOf(tokens, { ...refresh.session, refreshToken: refresh.refreshToken, expiresAt: refresh.expiresAt });
      case "refused":
        return null;
      case "reused": {
        const { kind: _, ...ended } = refresh;
        logger.warn({ event: "refresh_token_reused", tenant: ended.tenantId, user: ended.userId });
        await sessionsEnded(ended);
        return null;
      }
    }
  },
  logout: async (actor, refreshToken) => {
    const held = refreshToken === null ? null : await store.sessionOfRefreshToken(refreshToken);
    const ending = new Map<string, SessionsEnded>();
    if (actor) ending.set(actor.sessionId, { tenantId: actor.tenantId, userId: actor.userId, sessionId: actor.sessionId });
    if (held) ending.set(held.sessionId, { tenantId: held.tenantId, userId: held.userId, sessionId: held.sessionId });
    for (const [sessionId, ended] of ending) {
      await store.revokeSession(sessionId);
      await sessionsEnded(ended);
    }
    return ending.size > 0;
  },
  user: ({ tenantId, userId }) => store.findUser(tenantId, userId),
  sessionEnded: (actor, stop) => sessions.ended(actor, stop),
});
