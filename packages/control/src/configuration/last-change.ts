/** When a tenant's configuration was changed last. */
import type { TenantId } from "@switchboard/routing/ids";
import type { Database } from "../database/database.ts";
import { rowsOf } from "../database/sql.ts";

/** Milliseconds; null: never since it was made. */
export async function readLastChange({ pool, breaker }: Pick<Database, "pool" | "breaker">, tenantId: TenantId): Promise<number | null> {
  const sql = "SELECT at FROM audit_log WHERE tenant_id = ? ORDER BY at DESC LIMIT 1";
  const [row] = await breaker.run(() => rowsOf<{ at: Date }>(pool, sql, [tenantId]));
  return row?.at.getTime() ?? null;
}
