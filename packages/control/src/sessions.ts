/** Sign-ins: one row each, so that ending one ends it everywhere. The refresh token is kept as a hash only. */
import { type TenantId, tenantId, type UserId, userId } from "@switchboard/routing/ids";
import type { Database } from "./database.ts";
import { newSessionId } from "./ids.ts";
import { hashToken, mintToken } from "./tokens.ts";
import { type Role, roleOf } from "./users.ts";

export type StartedSession = { sessionId: string /** For the cookie; kept nowhere. */; refreshToken: string; expiresAt: Date };

/** `ended`: revoked, expired, or the person was disabled. The role is the one they have now. */
export type SessionState = { tenantId: TenantId; userId: UserId; email: string; role: Role; ended: boolean };

const sessionDays = 30;

export async function startSession(database: Database, tenant: TenantId, user: UserId): Promise<StartedSession> {
  const [id, secret, createdAt] = [newSessionId(), mintToken(), new Date()];
  const expiresAt = new Date(createdAt.getTime() + sessionDays * 86_400_000);
  const data = { tenantId: tenant, id, userId: user, refreshHash: Uint8Array.from(hashToken(secret)), expiresAt, createdAt };
  await database.breaker.run(() => database.prisma.session.create({ data }));
  // The id in front finds the session; the secret behind it proves who holds it.
  return { sessionId: id, refreshToken: `${id}.${secret}`, expiresAt };
}

/** Those of these sessions that there are, by id. */
export async function findSessions(database: Database, sessionIds: readonly string[], now: Date): Promise<Map<string, SessionState>> {
  const include = { user: { select: { email: true, role: true, enabled: true } } } as const;
  const rows = await database.breaker.run(() => database.prisma.session.findMany({ where: { id: { in: [...sessionIds] } }, include }));
  return new Map(
    rows.map((row): [string, SessionState] => {
      const ended = row.revokedAt !== null || row.expiresAt <= now || !row.user.enabled;
      const { email, role } = row.user;
      return [row.id, { tenantId: tenantId(row.tenantId), userId: userId(row.userId), email, role: roleOf(role), ended }];
    }),
  );
}

export async function revokeSession(database: Database, sessionId: string): Promise<void> {
  await database.breaker.run(() =>
    database.prisma.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: new Date() } }),
  );
}
