/** How the server would go about a list of call records, in its own words: for whoever measures it. */
import type { TenantId } from "@switchboard/routing/ids";
import type { CallRecordFilters } from "./call-records.ts";
import { pageSql } from "./call-page.ts";
import { readSearch } from "./call-search.ts";
import { wayTo } from "./call-walks.ts";
import type { Database } from "../database/database.ts";
import { rowsOf } from "../database/sql.ts";

/** `type` ALL is a scan of everything; `key` null where no index is used, or no row can match. */
export type PlanStep = { type: string | null; key: string | null };

export async function filterPlan({ pool }: Pick<Database, "pool">, tenantId: TenantId, filters: CallRecordFilters): Promise<PlanStep[]> {
  const asked = { pool, tenantId, filters, place: { search: await readSearch(pool, tenantId, filters.search), cursor: null } };
  const { way } = await wayTo(asked);
  if (way.walks.length === 0) return [];
  const { sql, values } = pageSql(asked, way, { limit: 51, since: null });
  const steps = await rowsOf<PlanStep & { table: string | null }>(pool, `EXPLAIN ${sql}`, values);
  return steps.filter(({ table }) => table !== null && !table.startsWith("<"));
}
