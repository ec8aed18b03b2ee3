/** People: created, changed and deleted by admins, found for a login, known by their id afterwards. */
import { type TenantId, tenantId, type UserId, userId } from "@switchboard/routing/ids";
import { type NewUserInput, newUserInput, type UserChange, userChange } from "@switchboard/routing/input/user";
import { z } from "zod";
import { type Bound, type Change, changeBesidePlan, readInput, refuseDuplicate, writeAudit } from "../configuration/change.ts";
import { ControlError } from "../control-error.ts";
import type { Database } from "../database/database.ts";
import { endSessionsOf, type SessionsEnded } from "./end-sessions.ts";
import type { Prisma, User as UserRow } from "../generated/client.ts";
import { newUserId } from "../ids.ts";
import { type Page, pageOf, type PageQuery, readCursor } from "../database/keyset.ts";
import { type Passwords, refuseWeakPassword } from "../secrets/passwords.ts";

export type Role = "admin" | "user";
export type User = { id: UserId; email: string; name: string | null; role: Role; enabled: boolean; version: number };

/** `search`: in the e-mail address or the name. */
export type UserQuery = PageQuery & { search?: string | undefined; role?: Role | undefined; enabled?: boolean | undefined };

export type UsersBound = Bound & {
  passwords: Passwords;
  /** Told once it is committed, so that every process lets go of what it remembers. Must not throw. */
  sessionsEnded: (ended: SessionsEnded) => Promise<void>;
};

export type Users = ReturnType<typeof createUsers>;

export function createUsers(bound: UsersBound) {
  const { database, tenantId: tenant } = bound;
  const endedFor = (user: User) => bound.sessionsEnded({ tenantId: tenant, userId: user.id, sessionId: null });
  return {
    /** By e-mail address. */
    list: (query: UserQuery): Promise<Page<User>> =>
      database.breaker.run(async () => {
        const after = readCursor(z.string(), query.cursor);
        const where = matching(tenant, query, after);
        const rows = await database.prisma.user.findMany({ where, orderBy: { email: "asc" }, take: query.limit + 1 });
        return pageOf(rows, query.limit, { keyOf: (row) => row.email, shown: shownUser });
      }),
    /** Throws ControlError `not_found`. */
    get: (id: string): Promise<User> => database.breaker.run(() => userIn({ tx: database.prisma, tenantId: tenant }, userId(id))),
    /** Throws ControlError `rule_broken` (a weak password among them), `conflict` (the e-mail is taken). */
    create: async (input: NewUserInput): Promise<User> => {
      const { password, ...fields } = readInput(newUserInput, input);
      const passwordHash = await hashed(bound, password);
      return await changeBesidePlan(bound, (change) => insertUser(change, { ...fields, passwordHash }));
    },
    /**
     * Whoever is disabled, becomes less or gets another password is signed out everywhere. Throws ControlError `not_found`,
     * `stale`, `conflict`, `rule_broken` (the last admin; oneself).
     */
    update: async (id: string, input: UserChange): Promise<User> => {
      const { password, ...given } = readInput(userChange, input);
      const passwordHash = password === undefined ? null : await hashed(bound, password);
      const { user, isSignedOut } = await changeBesidePlan(bound, (change) => updateUser(change, userId(id), { ...given, passwordHash }));
      if (isSignedOut) await endedFor(user);
      return user;
    },
    /** Throws ControlError `not_found`, `rule_broken` (the last admin; oneself). */
    remove: async (id: string): Promise<User> => {
      const user = await changeBesidePlan(bound, (change) => deleteUser(change, userId(id)));
      await endedFor(user);
      return user;
    },
  };
}

async function hashed({ passwords }: UsersBound, password: string): Promise<string> {
  refuseWeakPassword(password);
  return await passwords.hash(password);
}

function matching(tenant: TenantId, { search, role, enabled }: UserQuery, after: string | null): Prisma.UserWhereInput {
  const found = search === undefined || search === "" ? null : { contains: search };
  return {
    tenantId: tenant,
    ...(role === undefined ? {} : { role }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(found === null ? {} : { OR: [{ email: found }, { name: found }] }),
    ...(after === null ? {} : { email: { gt: after } }),
  };
}

const emailTaken = "There is a person with this e-mail address already.";

type NewRow = { email: string; name: string | null; role: Role; passwordHash: string };

async function insertUser(change: Change, fields: NewRow): Promise<User> {
  const { tx, at, tenantId: tenant } = change;
  const data = { ...fields, tenantId: tenant, id: newUserId(), createdAt: at, updatedAt: at };
  const user = shownUser(await refuseDuplicate(emailTaken, tx.user.create({ data })));
  await auditUser(change, { action: "user.created", before: null, after: user });
  return user;
}

type ChangedFields = Omit<z.output<typeof userChange>, "password"> & { passwordHash: string | null };

async function updateUser(change: Change, id: UserId, input: ChangedFields): Promise<{ user: User; isSignedOut: boolean }> {
  const { tx, at } = change;
  const { version, passwordHash, ...given } = input;
  const before = await userIn(change, id);
  if (before.version !== version) throw new ControlError("stale", "Somebody changed this person in the meantime.");
  const becomesLess = before.role === "admin" && given.role === "user";
  const isDisabled = before.enabled && given.enabled === false;
  if (becomesLess || isDisabled) await refuseLoss(change, before, becomesLess ? "demoted" : "disabled");
  if (passwordHash !== null && isOneself(change, id)) refuse("password", "Change your own password with your current one.");
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const secret = passwordHash === null ? {} : { passwordHash };
  const where = { tenantId_id: { tenantId: change.tenantId, id } };
  const update = tx.user.update({ where, data: { ...fields, ...secret, version: version + 1, updatedAt: at } });
  const user = shownUser(await refuseDuplicate(emailTaken, update));
  const isSignedOut = becomesLess || isDisabled || passwordHash !== null;
  if (isSignedOut) await endSessionsOf(change, id, null);
  await auditUser(change, { action: passwordHash === null ? "user.updated" : "user.password_reset", before, after: user });
  return { user, isSignedOut };
}

async function deleteUser(change: Change, id: UserId): Promise<User> {
  const user = await userIn(change, id);
  await refuseLoss(change, user, "deleted");
  // Their sessions go with them.
  await change.tx.user.delete({ where: { tenantId_id: { tenantId: change.tenantId, id } } });
  await auditUser(change, { action: "user.deleted", before: user, after: null });
  return user;
}

async function userIn({ tx, tenantId: tenant }: Pick<Change, "tx" | "tenantId">, id: UserId): Promise<User> {
  const row = await tx.user.findUnique({ where: { tenantId_id: { tenantId: tenant, id } } });
  if (!row) throw new ControlError("not_found", "There is no such person.");
  return shownUser(row);
}

const isOneself = ({ actor }: Change, id: UserId): boolean => actor.id === id;

function refuse(field: string, message: string): never {
  throw new ControlError("rule_broken", message, { issues: [{ path: [field], message }] });
}

/** Somebody must be left to administer the tenant. Its row is locked, so two admins can't demote each other at once. */
async function refuseLoss(change: Change, user: User, loss: "demoted" | "disabled" | "deleted"): Promise<void> {
  const field = { demoted: "role", disabled: "enabled", deleted: "id" }[loss];
  if (isOneself(change, user.id)) refuse(field, `You can't be ${loss} by yourself. Another admin can do it.`);
  const { tx, tenantId: tenant } = change;
  const others = await tx.user.count({ where: { tenantId: tenant, role: "admin", enabled: true, id: { not: user.id } } });
  if (user.role === "admin" && others === 0) refuse(field, `The last admin can't be ${loss}. Make somebody else an admin first.`);
}

async function auditUser(change: Change, note: { action: string; before: User | null; after: User | null }): Promise<void> {
  const { action, before, after } = note;
  const targetId = (after ?? before)?.id ?? "";
  await writeAudit(change, { action, targetType: "user", targetId, before: before && { ...before }, after: after && { ...after } });
}

/** Who this is, or null: unknown, wrong password and disabled look the same and take the same time. */
export async function verifyLogin(
  { database, passwords }: { database: Database; passwords: Passwords },
  email: string,
  password: string,
): Promise<{ tenantId: TenantId; user: User } | null> {
  const row = await database.breaker.run(() => database.prisma.user.findUnique({ where: { email: email.trim().toLowerCase() } }));
  const matches = await passwords.matches(row?.passwordHash ?? null, password);
  return row && matches && row.enabled ? { tenantId: tenantId(row.tenantId), user: shownUser(row) } : null;
}

/** For whoever has the machine itself. */
export async function findUserByEmail({ breaker, prisma }: Database, email: string): Promise<{ tenantId: TenantId; user: User } | null> {
  const row = await breaker.run(() => prisma.user.findUnique({ where: { email: email.trim().toLowerCase() } }));
  return row ? { tenantId: tenantId(row.tenantId), user: shownUser(row) } : null;
}

/** Null: there is no such person in this tenant. */
export async function findUser(database: Database, tenant: TenantId, id: UserId): Promise<User | null> {
  const row = await database.breaker.run(() => database.prisma.user.findUnique({ where: { tenantId_id: { tenantId: tenant, id } } }));
  return row ? shownUser(row) : null;
}

export const shownUser = ({ id, email, name, role, enabled, version }: UserRow): User => ({
  id: userId(id),
  email,
  name,
  role: roleOf(role),
  enabled,
  version,
});

/** Whatever the column says that is not an admin may do no more than a user. */
export const roleOf = (text: string): Role => (text === "admin" ? "admin" : "user");
