/** People: created by admins, found for a login, known by their id afterwards. */
import { type TenantId, tenantId, type UserId, userId } from "@switchboard/routing/ids";
import { type NewUserInput, newUserInput } from "@switchboard/routing/input/user";
import { type Bound, changeBesidePlan, readInput, refuseDuplicate, writeAudit } from "./change.ts";
import type { Database } from "./database.ts";
import type { User as UserRow } from "./generated/client.ts";
import { newUserId } from "./ids.ts";
import { type Passwords, refuseWeakPassword } from "./passwords.ts";

export type Role = "admin" | "user";
export type User = { id: UserId; email: string; name: string | null; role: Role; enabled: boolean; version: number };

export function createUsers({ passwords, ...bound }: Bound & { passwords: Passwords }) {
  return {
    /** Throws ControlError `rule_broken` (a weak password among them), `conflict` (the e-mail is taken). */
    async create(input: NewUserInput): Promise<User> {
      const { password, ...fields } = readInput(newUserInput, input);
      refuseWeakPassword(password);
      const passwordHash = await passwords.hash(password);
      return await changeBesidePlan(bound, async (change) => {
        const { tx, at } = change;
        const data = { ...fields, tenantId: bound.tenantId, id: newUserId(), passwordHash, createdAt: at, updatedAt: at };
        const user = shown(await refuseDuplicate("There is a person with this e-mail address already.", tx.user.create({ data })));
        await writeAudit(change, { action: "user.created", targetType: "user", targetId: user.id, before: null, after: { ...user } });
        return user;
      });
    },
  };
}

/** Who this is, or null: unknown, wrong password and disabled look the same and take the same time. */
export async function verifyLogin(
  { database, passwords }: { database: Database; passwords: Passwords },
  email: string,
  password: string,
): Promise<{ tenantId: TenantId; user: User } | null> {
  const row = await database.breaker.run(() => database.prisma.user.findUnique({ where: { email: email.trim().toLowerCase() } }));
  const matches = await passwords.matches(row?.passwordHash ?? null, password);
  return row && matches && row.enabled ? { tenantId: tenantId(row.tenantId), user: shown(row) } : null;
}

/** Null: there is no such person in this tenant. */
export async function findUser(database: Database, tenant: TenantId, id: UserId): Promise<User | null> {
  const row = await database.breaker.run(() => database.prisma.user.findUnique({ where: { tenantId_id: { tenantId: tenant, id } } }));
  return row ? shown(row) : null;
}

const shown = ({ id, email, name, role, enabled, version }: UserRow): User => ({
  id: userId(id),
  email,
  name,
  role: roleOf(role),
  enabled,
  version,
});

/** Whatever the column says that is not an admin may do no more than a user. */
export const roleOf = (text: string): Role => (text === "admin" ? "admin" : "user");
