/** Who the tenants are and what authenticates their requests: everything the door must know before it reads a plan. */
import { type TenantId, tenantId } from "@switchboard/routing/ids";
import type { Database } from "../database/database.ts";
import { execute, rowsOf } from "../database/sql.ts";

/** Times in milliseconds since the epoch; null never ends. */
export type DirectoryEntry = {
  id: TenantId;
  /** The path key of the webhook URLs, and the one before it with the end of its grace. */
  keys: { value: string; validUntil: number | null }[];
  /** SHA-256 of each webhook token. */
  tokens: { hash: Buffer; validUntil: number | null }[];
  /** Domain and aliases, lower case. */
  domains: ReadonlySet<string>;
  /** Session updates or CDRs have come with a bearer: none may come without any more. */
  reportsCarryBearer: boolean;
  planVersion: number;
};

type TenantRow = {
  id: string;
  webhook_key: string;
  previous_key: string | null;
  previous_key_valid_until: Date | null;
  bearer_seen_at: Date | null;
  plan_version: number;
};

export async function loadDirectory({ backgroundPool }: Database): Promise<DirectoryEntry[]> {
  const [tenants, tokens, domains] = await Promise.all([
    rowsOf<TenantRow>(
      backgroundPool,
      "SELECT id, webhook_key, previous_key, previous_key_valid_until, bearer_seen_at, plan_version FROM tenants",
    ),
    rowsOf<{ tenant_id: string; hash: Buffer; valid_until: Date | null }>(
      backgroundPool,
      "SELECT tenant_id, hash, valid_until FROM webhook_tokens",
    ),
    rowsOf<{ tenant_id: string; domain: string }>(backgroundPool, "SELECT tenant_id, domain FROM tenant_domains"),
  ]);
  const tokensOf = Map.groupBy(tokens, (row) => row.tenant_id);
  const domainsOf = Map.groupBy(domains, (row) => row.tenant_id);
  return tenants.map((row) => ({
    id: tenantId(row.id),
    keys: keysOf(row),
    tokens: (tokensOf.get(row.id) ?? []).map(({ hash, valid_until }) => ({ hash, validUntil: valid_until?.getTime() ?? null })),
    domains: new Set((domainsOf.get(row.id) ?? []).map(({ domain }) => domain)),
    reportsCarryBearer: row.bearer_seen_at !== null,
    planVersion: row.plan_version,
  }));
}

function keysOf({ webhook_key, previous_key, previous_key_valid_until }: TenantRow): DirectoryEntry["keys"] {
  const current = { value: webhook_key, validUntil: null };
  if (previous_key === null || previous_key_valid_until === null) return [current];
  return [current, { value: previous_key, validUntil: previous_key_valid_until.getTime() }];
}

/** From now on the tenant's session updates and CDRs must carry their bearer, after a restart too. */
export async function rememberReportBearer({ backgroundPool }: Database, tenant: TenantId): Promise<void> {
  await execute(backgroundPool, "UPDATE tenants SET bearer_seen_at = ? WHERE id = ? AND bearer_seen_at IS NULL", [new Date(), tenant]);
}
