/** With what a tenant is known at Cloudonix: its domain and, opened for this moment, its key. */
import type { TenantId } from "@switchboard/routing/ids";
import { ControlError } from "../control-error.ts";
import type { Database } from "../database/database.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { unseal } from "../secrets/secrets.ts";
import { cloudonixKeyColumn } from "../configuration/tenant-settings.ts";

/** `key` null: none is stored. */
export type CloudonixAccount = { domain: string; aliases: string[]; key: string | null };

/** Throws ControlError `not_found`, `unavailable`. */
export async function readCloudonixAccount({ breaker, prisma }: Database, keyRing: KeyRing, tenantId: TenantId): Promise<CloudonixAccount> {
  const select = { sealedCloudonixKey: true, domains: { orderBy: { position: "asc" } } } as const;
  const row = await breaker.run(() => prisma.tenant.findUnique({ where: { id: tenantId }, select }));
  if (!row) throw new ControlError("not_found", "There is no such tenant.");
  const place = { tenantId, column: cloudonixKeyColumn, rowId: tenantId };
  return {
    domain: row.domains.find(({ isPrimary }) => isPrimary)?.domain ?? "",
    aliases: row.domains.filter(({ isPrimary }) => !isPrimary).map(({ domain }) => domain),
    key: row.sealedCloudonixKey === null ? null : unseal(keyRing, place, row.sealedCloudonixKey),
  };
}
