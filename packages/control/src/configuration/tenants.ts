/** Tenants: created with their domain, their first webhook token and their first admin, all or nothing. */
import { type TenantId, tenantId, type UserId } from "@switchboard/routing/ids";
import { type NewTenantInput, newTenantInput } from "@switchboard/routing/input/tenant";
import type { z } from "zod";
import { type Actor, type Change, inPrismaTransaction, readInput, refuseDuplicate, writeAudit } from "./change.ts";
import type { Database } from "../database/database.ts";
import type { Prisma } from "../generated/client.ts";
import { newTenantId, newTokenId, newUserId } from "../ids.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { type Passwords, refuseWeakPassword } from "../secrets/passwords.ts";
import { hashToken, mintTenantKey, mintToken } from "../secrets/tokens.ts";

export type TenantDeps = { database: Database; keyRing: KeyRing; passwords: Passwords };

/** `webhookToken` is shown here once and kept nowhere. */
export type CreatedTenant = { tenantId: TenantId; userId: UserId; tenantKey: string; webhookToken: string; domain: string };

/** Throws ControlError `rule_broken`, `conflict` (the domain, an alias or the e-mail is taken), `unavailable`. */
export async function createTenant(deps: TenantDeps, input: NewTenantInput): Promise<CreatedTenant> {
  const prepared = await prepareTenant(deps, input);
  return await inPrismaTransaction(deps.database, async (tx) => (await insertTenant(deps, tx, prepared)).created);
}

type PreparedTenant = Omit<z.output<typeof newTenantInput>, "password"> & { passwordHash: string };

/** Reads the input and hashes the password, which takes too long to do inside a transaction. */
export async function prepareTenant({ passwords }: TenantDeps, input: NewTenantInput): Promise<PreparedTenant> {
  const { password, ...fields } = readInput(newTenantInput, input);
  refuseWeakPassword(password);
  return { ...fields, passwordHash: await passwords.hash(password) };
}

/** The tenant, and the change in which more of it can be created. */
export async function insertTenant(
  { keyRing }: TenantDeps,
  tx: Prisma.TransactionClient,
  prepared: PreparedTenant,
): Promise<{ created: CreatedTenant; change: Change }> {
  const { domain, aliases, email, passwordHash, name = domain, ...fields } = prepared;
  const [tenantId, userId, at] = [newTenantId(), newUserId(), new Date()];
  const [tenantKey, webhookToken] = [mintTenantKey(), mintToken()];
  const times = { createdAt: at, updatedAt: at };
  await tx.tenant.create({ data: { ...fields, ...times, id: tenantId, name, webhookKey: tenantKey } });
  await refuseDuplicate(domainTaken(domain), tx.tenantDomain.createMany({ data: domainRows(tenantId, domain, aliases) }));
  await tx.webhookToken.create({ data: { tenantId, id: newTokenId(), hash: Uint8Array.from(hashToken(webhookToken)), createdAt: at } });
  await refuseDuplicate(
    "There is a person with this e-mail address already.",
    tx.user.create({ data: { ...times, tenantId, id: userId, email, passwordHash, role: "admin" } }),
  );
  const actor: Actor = { id: null, name: "switchboard" };
  const change: Change = { tx, at, keyRing, tenantId, actor, planVersion: 1n };
  await writeAudit(change, {
    action: "tenant.created",
    targetType: "tenant",
    targetId: tenantId,
    before: null,
    after: { name, domain, aliases, ...fields },
  });
  await writeAudit(change, { action: "user.created", targetType: "user", targetId: userId, before: null, after: { email, role: "admin" } });
  return { created: { tenantId, userId, tenantKey, webhookToken, domain }, change };
}

/** The domain first; an alias that is named twice, or is the domain, is there once. */
export const domainRows = (tenantId: TenantId, domain: string, aliases: string[]) =>
  [...new Set([domain, ...aliases])].map((each, position) => ({ domain: each, tenantId, isPrimary: position === 0, position }));

export const domainTaken = (domain: string): string => `The domain ${domain} or one of its aliases belongs to a tenant already.`;

/** Every tenant with its domain. */
export async function listTenants({ breaker, prisma }: Database): Promise<{ tenantId: TenantId; domain: string }[]> {
  const rows = await breaker.run(() => prisma.tenantDomain.findMany({ where: { isPrimary: true }, orderBy: { domain: "asc" } }));
  return rows.map((row) => ({ tenantId: tenantId(row.tenantId), domain: row.domain }));
}

/** By its domain or an alias; null when no tenant has it. */
export async function findTenantByDomain({ breaker, prisma }: Database, domain: string): Promise<TenantId | null> {
  const row = await breaker.run(() =>
    prisma.tenantDomain.findUnique({ where: { domain: domain.trim().toLowerCase().replace(/\.$/, "") } }),
  );
  return row && tenantId(row.tenantId);
}
