/** Finds agents by a part of what is written about them. */
import type { Database } from "../database/database.ts";
import { rowsOf, type SqlValue } from "../database/sql.ts";

export type AgentSearch = {
  /** In the name, the provider or the service value, in capitals or not. */
  search: string;
  provider?: string | undefined;
  enabled?: boolean | undefined;
  /** The name behind which the page begins. */
  after: string | null;
  limit: number;
};

/**
 * The ids of a page by name, and of one agent more. Every agent is looked at: in the index that holds all that is looked at, which
 * the database does not choose by itself (10,000 rows read whole took three times as long).
 */
export async function searchAgents({ pool }: Pick<Database, "pool">, tenantId: string, wanted: AgentSearch): Promise<string[]> {
  const { search, provider, enabled, after, limit } = wanted;
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const add = (sql: string, ...more: SqlValue[]) => {
    conditions.push(sql);
    values.push(...more);
  };
  const like = `%${search.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  add("tenant_id = ?", tenantId);
  add("(name LIKE ? OR provider LIKE ? OR LOWER(service_value) LIKE ?)", like, like, like);
  if (provider !== undefined) add("provider = ?", provider);
  if (enabled !== undefined) add("enabled = ?", enabled);
  if (after !== null) add("name > ?", after);
  const rows = await rowsOf<{ id: string }>(
    pool,
    `SELECT id FROM voice_agents FORCE INDEX (voice_agents_search_idx) WHERE ${conditions.join(" AND ")} ORDER BY name LIMIT ?`,
    [...values, limit + 1],
  );
  return rows.map(({ id }) => id);
}
