/** Which version of a tenant's configuration was in force when a call came, by what is written down of changes. */
import type { TenantId } from "@switchboard/routing/ids";
import type { Database } from "../database/database.ts";
import { rowsOf } from "../database/sql.ts";

export type CallConfiguration = {
  /** Null: the call is older than what is written down. */
  version: number | null;
  current: number;
  /** ISO 8601; null: nothing has changed since. */
  changedAt: string | null;
};

/** Servers follow a change within a second: of one made so shortly before a call nobody knows whether it was in force. */
const followMs = 2_000;

/** `startedAt` in ISO 8601. Throws ControlError `unavailable`. */
export function readCallConfiguration({ pool, breaker }: Pick<Database, "pool" | "breaker">, tenantId: TenantId, startedAt: string) {
  return breaker.run(async (): Promise<CallConfiguration> => {
    const surely = new Date(Date.parse(startedAt) - followMs);
    const [[tenant], [before], [after]] = await Promise.all([
      rowsOf<{ plan_version: number }>(pool, "SELECT plan_version FROM tenants WHERE id = ?", [tenantId]),
      rowsOf<{ plan_version: number }>(
        pool,
        "SELECT plan_version FROM audit_log WHERE tenant_id = ? AND at <= ? ORDER BY at DESC, id DESC LIMIT 1",
        [tenantId, surely],
      ),
      rowsOf<{ at: Date }>(
        pool,
        `SELECT at FROM audit_log WHERE tenant_id = ? AND at > ? AND plan_version >
         COALESCE((SELECT plan_version FROM audit_log WHERE tenant_id = ? AND at <= ? ORDER BY at DESC, id DESC LIMIT 1), 0) ORDER BY at, id LIMIT 1`,
        [tenantId, surely, tenantId, surely],
      ),
    ]);
    return { version: before?.plan_version ?? null, current: tenant?.plan_version ?? 0, changedAt: after?.at.toISOString() ?? null };
  });
}
