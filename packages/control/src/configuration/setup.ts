/** The first set-up: the first tenant and its admin on an empty database, by whoever holds the set-up token. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { NewTenantInput } from "@switchboard/routing/input/tenant";
import { inPrismaTransaction } from "./change.ts";
import { ControlError } from "../control-error.ts";
import type { Database } from "../database/database.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { type CreatedTenant, insertTenant, prepareTenant, type TenantDeps } from "./tenants.ts";

const tokensOf = (keyRing: KeyRing): string[] => keyRing.derive("setup-token").map(({ key }) => key.toString("base64url"));

/** The same in every process with this key ring; worth nothing once there is a tenant. */
export const setupTokenOf = (keyRing: KeyRing): string => tokensOf(keyRing)[0] ?? "";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

export const isSetupToken = (keyRing: KeyRing, given: string): boolean =>
  tokensOf(keyRing).some((token) => timingSafeEqual(digest(token), digest(given.trim())));

/** Whether there is no tenant yet. Throws ControlError `unavailable`. */
export const needsSetup = ({ breaker, prisma }: Database): Promise<boolean> =>
  breaker.run(async () => (await prisma.tenant.findFirst({ select: { id: true } })) === null);

const tooLate = () => new ControlError("conflict", "Switchboard is set up already. Please sign in.");

/** Throws ControlError `conflict` once there is a tenant, `rule_broken`. */
export async function setUp(deps: TenantDeps, input: NewTenantInput): Promise<CreatedTenant> {
  if (!(await needsSetup(deps.database))) throw tooLate();
  const prepared = await prepareTenant(deps, input);
  return await inPrismaTransaction(deps.database, async (tx) => {
    // A row that is always there: of two at once the second waits for the first, and then sees its tenant.
    await tx.$queryRaw`SELECT id FROM _prisma_migrations ORDER BY id LIMIT 1 FOR UPDATE`;
    if ((await tx.tenant.findFirst({ select: { id: true } })) !== null) throw tooLate();
    return (await insertTenant(deps, tx, prepared)).created;
  });
}
