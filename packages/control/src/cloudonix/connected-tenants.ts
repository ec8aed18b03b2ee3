/** The tenants whose domain we may ask Cloudonix about. */
import { type TenantId, tenantId } from "@switchboard/routing/ids";
import type { Database } from "../database/database.ts";

/** Throws ControlError `unavailable`. */
export async function readConnectedTenants({ breaker, prisma }: Database): Promise<TenantId[]> {
  const rows = await breaker.run(() => prisma.tenant.findMany({ where: { sealedCloudonixKey: { not: null } }, select: { id: true } }));
  return rows.map(({ id }) => tenantId(id));
}
