/** The tenant itself: what admins see and change of it, and its secrets replaced with a grace for the old ones. */
import { setTimeout as pause } from "node:timers/promises";
import type { TenantId } from "@switchboard/routing/ids";
import { type TenantChange, tenantChange } from "@switchboard/routing/input/tenant";
import type { Fallback } from "@switchboard/routing/plan-source";
import { type Bound, type Change, changeConfiguration, type Changed, readInput, refuseDuplicate, writeAudit } from "./change.ts";
import { ControlError } from "../control-error.ts";
import type { Database } from "../database/database.ts";
import { checkFallbackTarget, fallbackColumns, storedFallbackOf } from "./fallback-columns.ts";
import type { Prisma } from "../generated/client.ts";
import { newTokenId } from "../ids.ts";
import { placeRulesOf } from "./rule-places.ts";
import { seal } from "../secrets/secrets.ts";
import { domainRows, domainTaken } from "./tenants.ts";
import { hashToken, mintTenantKey, mintToken } from "../secrets/tokens.ts";

export type TenantSettings = {
  name: string;
  domain: string;
  aliases: string[];
  country: string | null;
  fallback: Fallback;
  maxConcurrentCalls: number | null;
  payloadDays: number;
  recordMonths: number;
  hasCloudonixKey: boolean;
  /** The path secret of the webhook URLs. */
  tenantKey: string;
  version: number;
};

/** A secret that was replaced: the new one, shown once, and until when the old one still works, ISO 8601. */
export type Rotated = { secret: string; previousValidUntil: string };

export const cloudonixKeyColumn = "tenants.sealed_cloudonix_key";

const patienceMs = 1_000;
const graceMs = 24 * 60 * 60 * 1_000;

export type TenantAdministration = ReturnType<typeof createTenantSettings>;

export function createTenantSettings(bound: Bound) {
  const { database, tenantId } = bound;
  return {
    get: (): Promise<TenantSettings> => database.breaker.run(() => readSettings(database.prisma, tenantId)),
    /** Throws ControlError `stale`, `rule_broken`, `conflict` (a domain is another tenant's), `not_found` (the fallback's target). */
    update: async (input: TenantChange): Promise<Changed<TenantSettings>> => {
      const changed = await changeConfiguration(bound, (change) => updateSettings(change, input));
      if (input.country !== undefined) await reorderRules(database, tenantId);
      return changed;
    },
    /** A new bearer token for the webhooks; each earlier one works until its grace ends. */
    rotateWebhookToken: async (): Promise<Rotated> => (await changeConfiguration(bound, rotateToken)).item,
    /** A new path secret; the one it replaces works for its grace, the one before that no longer. */
    rotateWebhookKey: async (): Promise<Rotated> => (await changeConfiguration(bound, rotateKey)).item,
  };
}

/** Lists of rules follow the country: at once where they are few, else in the background. Who fails or ends is followed by the job. */
async function reorderRules(database: Database, tenantId: string): Promise<void> {
  const done = placeRulesOf(database, tenantId).catch(() => undefined);
  await Promise.race([done, pause(patienceMs, undefined, { ref: false })]);
}

async function readSettings(prisma: Prisma.TransactionClient, id: string): Promise<TenantSettings> {
  const row = await prisma.tenant.findUnique({ where: { id }, include: { domains: { orderBy: { position: "asc" } } } });
  if (!row) throw new ControlError("not_found", "There is no such tenant.");
  const { name, country, maxConcurrentCalls, payloadDays, recordMonths, version } = row;
  return {
    ...{ name, country, maxConcurrentCalls, payloadDays, recordMonths, version },
    domain: row.domains.find(({ isPrimary }) => isPrimary)?.domain ?? "",
    aliases: row.domains.filter(({ isPrimary }) => !isPrimary).map(({ domain }) => domain),
    fallback: storedFallbackOf(row.fallback),
    hasCloudonixKey: row.sealedCloudonixKey !== null,
    tenantKey: row.webhookKey,
  };
}

/** The path secret of now. Throws ControlError `not_found`, `unavailable`. */
export async function readWebhookKey({ breaker, prisma }: Database, id: TenantId): Promise<string> {
  const row = await breaker.run(() => prisma.tenant.findUnique({ where: { id }, select: { webhookKey: true } }));
  if (!row) throw new ControlError("not_found", "There is no such tenant.");
  return row.webhookKey;
}

async function updateSettings(change: Change, input: TenantChange): Promise<TenantSettings> {
  const { tx, tenantId, at } = change;
  const { version, domain, aliases, fallback, cloudonixKey, ...given } = readInput(tenantChange, input);
  const before = await readSettings(tx, tenantId);
  if (before.version !== version) throw new ControlError("stale", "Somebody changed the tenant in the meantime.");
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (fallback !== undefined) await checkFallbackTarget(tx, tenantId, fallback);
  if (domain !== undefined || aliases !== undefined) {
    await replaceDomains(change, domain ?? before.domain, aliases ?? before.aliases);
  }
  await tx.tenant.update({
    where: { id: tenantId },
    data: {
      ...fields,
      ...(fallback === undefined ? {} : fallbackColumns(fallback)),
      ...(cloudonixKey === undefined ? {} : { sealedCloudonixKey: sealed(change, cloudonixKey) }),
      version: version + 1,
      updatedAt: at,
    },
  });
  const after = await readSettings(tx, tenantId);
  await auditTenant(change, { action: "tenant.updated", before: audited(before), after: audited(after) });
  return after;
}

/** Deleted and written anew, so that what was an alias may become the domain. */
async function replaceDomains({ tx, tenantId }: Change, domain: string, aliases: string[]): Promise<void> {
  await tx.tenantDomain.deleteMany({ where: { tenantId } });
  await refuseDuplicate(domainTaken(domain), tx.tenantDomain.createMany({ data: domainRows(tenantId, domain, aliases) }));
}

const sealed = ({ keyRing, tenantId }: Change, key: string | null): string | null =>
  key === null ? null : seal(keyRing, { tenantId, column: cloudonixKeyColumn, rowId: tenantId }, key);

async function rotateToken(change: Change): Promise<Rotated> {
  const { tx, tenantId, at } = change;
  const validUntil = new Date(at.getTime() + graceMs);
  await tx.webhookToken.deleteMany({ where: { tenantId, validUntil: { lte: at } } });
  await tx.webhookToken.updateMany({ where: { tenantId, validUntil: null }, data: { validUntil } });
  const secret = mintToken();
  await tx.webhookToken.create({ data: { tenantId, id: newTokenId(), hash: Uint8Array.from(hashToken(secret)), createdAt: at } });
  return await rotated(change, "tenant.webhook_token_rotated", { secret, previousValidUntil: validUntil.toISOString() });
}

async function rotateKey(change: Change): Promise<Rotated> {
  const { tx, tenantId, at } = change;
  const validUntil = new Date(at.getTime() + graceMs);
  const { webhookKey } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { webhookKey: true } });
  const secret = mintTenantKey();
  const data = { webhookKey: secret, previousKey: webhookKey, previousKeyValidUntil: validUntil };
  await tx.tenant.update({ where: { id: tenantId }, data });
  return await rotated(change, "tenant.webhook_key_rotated", { secret, previousValidUntil: validUntil.toISOString() });
}

async function rotated(change: Change, action: string, done: Rotated): Promise<Rotated> {
  await auditTenant(change, { action, before: null, after: { previousValidUntil: done.previousValidUntil } });
  return done;
}

type TenantNote = { action: string; before: Prisma.InputJsonObject | null; after: Prisma.InputJsonObject };

const auditTenant = (change: Change, note: TenantNote): Promise<void> =>
  writeAudit(change, { ...note, targetType: "tenant", targetId: change.tenantId });

function audited({ tenantKey: _, fallback, ...rest }: TenantSettings): Prisma.InputJsonObject {
  return { ...rest, fallback: fallback === null ? null : { ...fallback } };
}
