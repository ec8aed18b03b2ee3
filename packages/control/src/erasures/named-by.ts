/** Where the configuration names a number: an erasure leaves it alone, since calls go by it, and says so. */
import type { TenantId } from "@switchboard/routing/ids";
import { likelyPattern } from "./erase-rows.ts";
import type { NamedBy } from "./erasures.ts";
import { type Queryable, rowsOf } from "../database/sql.ts";
import { withoutNumbers } from "./erased-numbers.ts";

const places: readonly { kind: NamedBy["kind"]; table: string; tenant: string; columns: readonly string[] }[] = [
  { kind: "inbound_rule", table: "inbound_rules", tenant: "tenant_id", columns: ["pattern", "caller_pattern", "fallback"] },
  { kind: "outbound_rule", table: "outbound_rules", tenant: "tenant_id", columns: ["caller_id_prefix", "prefix", "trunk_config"] },
  { kind: "voice_agent", table: "voice_agents", tenant: "tenant_id", columns: ["name", "service_value", "metadata"] },
  { kind: "agent_group", table: "agent_groups", tenant: "tenant_id", columns: ["name", "fallback"] },
  { kind: "tenant", table: "tenants", tenant: "id", columns: ["fallback", "outbound_deny"] },
];
const mostNamed = 200;

type Named = { tenantId: TenantId; number: string; isErased: (number: string) => boolean };

export async function readNamedBy(pool: Queryable, { tenantId, number, isErased }: Named): Promise<NamedBy[]> {
  const found: NamedBy[] = [];
  for (const { kind, table, tenant, columns } of places) {
    const sql = `SELECT id, CONCAT_WS('\\n', ${columns.join(", ")}) AS said FROM ${table} WHERE ${tenant} = ?
      AND CONCAT_WS('\\n', ${columns.join(", ")}) REGEXP ? ORDER BY id LIMIT ${mostNamed}`;
    for (const { id, said } of await rowsOf<{ id: string; said: string }>(pool, sql, [tenantId, likelyPattern(number)]))
      if (withoutNumbers(said, isErased) !== said) found.push({ kind, id });
  }
  return found.slice(0, mostNamed);
}
