/** Sign-ins: one row each, so that ending one ends it everywhere. The refresh token is kept as a hash only. */
import { type TenantId, tenantId, type UserId, userId } from "@switchboard/routing/ids";
import { ControlError } from "../control-error.ts";
import type { Database } from "../database/database.ts";
import { newSessionId } from "../ids.ts";
import { hashToken, mintToken } from "../secrets/tokens.ts";
import { type Role, roleOf } from "./users.ts";

export type StartedSession = { sessionId: string /** For the cookie; kept nowhere. */; refreshToken: string; expiresAt: Date };

/** `ended`: revoked, expired, or the person was disabled. The role is the one they have now. */
export type SessionState = { tenantId: TenantId; userId: UserId; email: string; role: Role; ended: boolean };

/** Whose sign-in it is to be; with `version`, only if nothing about them has changed since they were read: not their password either. */
export type SignedPerson = UserId | { id: UserId; version: number };

const sessionDays = 30;

/** Throws ControlError `stale` when the person was changed, disabled or deleted meanwhile. */
export async function startSession(database: Database, tenant: TenantId, person: SignedPerson): Promise<StartedSession> {
  const [id, secret, createdAt] = [newSessionId(), mintToken(), new Date()];
  const expiresAt = new Date(createdAt.getTime() + sessionDays * 86_400_000);
  const user = typeof person === "string" ? person : person.id;
  const version = typeof person === "string" ? null : person.version;
  const hash = Uint8Array.from(hashToken(secret));
  // One statement that locks the person's row: a change of password comes before it and is seen, or behind it and ends this too.
  const started = await database.breaker.run(
    () => database.prisma.$executeRaw`
      INSERT INTO sessions (tenant_id, id, user_id, refresh_hash, expires_at, created_at)
      SELECT tenant_id, ${id}, id, ${hash}, ${expiresAt}, ${createdAt} FROM users
      WHERE tenant_id = ${tenant} AND id = ${user} AND (${version} IS NULL OR (version = ${version} AND enabled = 1)) FOR UPDATE`,
  );
  if (started !== 1) throw new ControlError("stale", "This account was changed just now. Please sign in again.");
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
