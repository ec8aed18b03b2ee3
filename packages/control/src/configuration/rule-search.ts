/** Finds rules by what their pattern begins with, in the order in which calls try them. */
import { compareOrders } from "@switchboard/routing/rule-order";
import type { Database } from "../database/database.ts";
import { rowsOf, type SqlValue } from "../database/sql.ts";

export type Placed = { evaluationKey: string; id: string };

/** Which table, and what else is asked of its rows. */
export type SearchedTable = { name: "inbound_rules" | "outbound_rules"; also: { sql: string; values: SqlValue[] } };

export type RuleSearch = {
  tenantId: string;
  /** What `match_key` begins with; at least one. */
  keys: string[];
  enabled?: boolean | undefined;
  /** The last rule of the page before. */
  after: Placed | null;
  limit: number;
};

const behindEvery = "\u{10ffff}";

/** Up to so many rules that a search finds are put in order here; more of them are met soon enough by walking along the order. */
const fewFound = 1_000;

const conditionOf = ({ also }: SearchedTable, { tenantId, keys, enabled }: RuleSearch): { sql: string; values: SqlValue[] } => ({
  sql: [
    "tenant_id = ?",
    `(${keys.map(() => "(match_key >= ? AND match_key < ?)").join(" OR ")})`,
    ...(enabled === undefined ? [] : ["enabled = ?"]),
    ...(also.sql === "" ? [] : [also.sql]),
  ].join(" AND "),
  values: [tenantId, ...keys.flatMap((key) => [key, `${key}${behindEvery}`]), ...(enabled === undefined ? [] : [enabled]), ...also.values],
});

/**
 * The ids of a page, and of one rule more. The database can't know whether a search finds three of 50,000 rules or half of them, and
 * asked for the first in order would walk along all for the three. Both ways lie in an index that holds all that is looked at.
 */
export async function searchRules({ pool }: Pick<Database, "pool">, table: SearchedTable, search: RuleSearch): Promise<string[]> {
  const { after, limit } = search;
  const { sql, values } = conditionOf(table, search);
  const found = await rowsOf<Placed>(
    pool,
    `SELECT id, evaluation_key AS evaluationKey FROM ${table.name} FORCE INDEX (${table.name}_match_idx) WHERE ${sql} LIMIT ${fewFound + 1}`,
    values,
  );
  if (found.length <= fewFound) {
    const behind = after === null ? found : found.filter((each) => compareOrders(after, each) < 0);
    return behind
      .toSorted(compareOrders)
      .slice(0, limit + 1)
      .map(({ id }) => id);
  }
  const [from, at] =
    after === null
      ? ["", []]
      : [" AND evaluation_key >= ? AND (evaluation_key > ? OR id > ?)", [after.evaluationKey, after.evaluationKey, after.id]];
  const rows = await rowsOf<{ id: string }>(
    pool,
    `SELECT id FROM ${table.name} FORCE INDEX (${table.name}_evaluation_idx) WHERE ${sql}${from} ORDER BY evaluation_key, id LIMIT ?`,
    [...values, ...at, limit + 1],
  );
  return rows.map(({ id }) => id);
}
