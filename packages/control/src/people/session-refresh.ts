/** Refresh tokens: each is good once and is answered with its successor; one that comes again later ends the sign-in it belongs to. */
import { createHmac } from "node:crypto";
import { type TenantId, tenantId, type UserId, userId } from "@switchboard/routing/ids";
import type { Database } from "../database/database.ts";
import type { Session } from "../generated/client.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { revokeSession } from "./sessions.ts";
import { hashToken } from "../secrets/tokens.ts";
import { shownUser, type User } from "./users.ts";

/** Whose sign-in a refresh token stands for. */
export type RefreshedSession = { tenantId: TenantId; userId: UserId; sessionId: string; user: User };

export type Refresh =
  | { kind: "refreshed"; session: RefreshedSession; refreshToken: string; expiresAt: Date }
  /** Not a token of ours in force. */
  | { kind: "refused" }
  /** Used up before: whoever sends it, two hold copies of it, so nobody may go on. */
  | { kind: "reused"; tenantId: TenantId; userId: UserId; sessionId: string };

export type RefreshDeps = { database: Database; keyRing: KeyRing };

/**
 * Two tabs wake up and refresh at once, or an answer is lost on its way: for so long the token before is answered with the
 * same successor again, and ends nothing. Whoever stole it has gained a token that the next refresh gives away.
 */
const overlapMs = 10_000;

const tokenPattern = /^(ses_[a-z0-9]{20})\.([A-Za-z0-9_-]{43})$/;

type Held = { sessionId: string; secret: string; hash: Buffer };

const readToken = (token: string): Held | null => {
  const [, sessionId, secret] = tokenPattern.exec(token) ?? [];
  return sessionId === undefined || secret === undefined ? null : { sessionId, secret, hash: hashToken(secret) };
};

/** What may follow a token; derived, so that it can be said twice although only its hash is kept. The first is the one in force. */
const successorsOf = (keyRing: KeyRing, { sessionId, secret }: Held): string[] =>
  keyRing.derive("refresh-token").map(({ key }) => createHmac("sha256", key).update(`${sessionId}.${secret}`).digest("base64url"));

const isSame = (kept: Uint8Array | null, hash: Buffer): boolean => kept !== null && hash.equals(kept);

const find = ({ database }: RefreshDeps, id: string) =>
  database.breaker.run(() => database.prisma.session.findUnique({ where: { id }, include: { user: true } }));

type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

const isInForce = ({ revokedAt, expiresAt, user }: Found, now: Date): boolean => revokedAt === null && expiresAt > now && user.enabled;

/** Throws ControlError `unavailable`. */
export async function refreshSession(deps: RefreshDeps, token: string, now: Date): Promise<Refresh> {
  const held = readToken(token);
  const found = held && (await find(deps, held.sessionId));
  if (!held || !found || !isInForce(found, now)) return { kind: "refused" };
  if (isSame(found.refreshHash, held.hash)) {
    const [next] = successorsOf(deps.keyRing, held);
    if (next !== undefined && (await rotate(deps, held, { next, now }))) return refreshed(found, next);
  }
  // Replaced before, or at this very moment by another tab.
  const latest = await find(deps, held.sessionId);
  if (!latest || !isInForce(latest, now)) return { kind: "refused" };
  const next = isRecent(latest, held, now)
    ? successorsOf(deps.keyRing, held).find((each) => isSame(latest.refreshHash, hashToken(each)))
    : undefined;
  if (next !== undefined) return refreshed(latest, next);
  await revokeSession(deps.database, held.sessionId);
  return { kind: "reused", sessionId: latest.id, tenantId: tenantId(latest.tenantId), userId: userId(latest.userId) };
}

/** False when another request was first. */
async function rotate({ database }: RefreshDeps, held: Held, { next, now }: { next: string; now: Date }): Promise<boolean> {
  const before = Uint8Array.from(held.hash);
  const data = { refreshHash: Uint8Array.from(hashToken(next)), previousHash: before, rotatedAt: now };
  const where = { id: held.sessionId, refreshHash: before, revokedAt: null };
  const { count } = await database.breaker.run(() => database.prisma.session.updateMany({ where, data }));
  return count === 1;
}

const isRecent = ({ previousHash, rotatedAt }: Session, held: Held, now: Date): boolean =>
  isSame(previousHash, held.hash) && rotatedAt !== null && now.getTime() - rotatedAt.getTime() <= overlapMs;

const sessionOf = (row: Found): RefreshedSession => ({
  tenantId: tenantId(row.tenantId),
  userId: userId(row.userId),
  sessionId: row.id,
  user: shownUser(row.user),
});

const refreshed = (row: Found, secret: string): Refresh => ({
  kind: "refreshed",
  session: sessionOf(row),
  refreshToken: `${row.id}.${secret}`,
  expiresAt: row.expiresAt,
});

/** Whose sign-in the holder of this token may end; null when it is none of ours, or over. */
export async function sessionOfRefreshToken(deps: RefreshDeps, token: string, now: Date): Promise<RefreshedSession | null> {
  const held = readToken(token);
  const found = held && (await find(deps, held.sessionId));
  if (!held || !found || !isInForce(found, now)) return null;
  const isHeld = isSame(found.refreshHash, held.hash) || isSame(found.previousHash, held.hash);
  return isHeld ? sessionOf(found) : null;
}
