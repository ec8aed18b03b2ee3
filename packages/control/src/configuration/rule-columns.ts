/** What inbound and outbound rules have in common: which text is a pattern, how lists of them are cut into pages and searched. */
import { type InboundPlace, inboundOrder, type OutboundPlace, outboundOrder, searchedKeys } from "@switchboard/routing/rule-order";
import { z } from "zod";
import { ControlError } from "../control-error.ts";
import type { Database } from "../database/database.ts";
import type { Prisma } from "../generated/client.ts";
import { type PageQuery, readCursor } from "../database/keyset.ts";
import { type Placed, type SearchedTable, searchRules } from "./rule-search.ts";
import { rowsOf, type SqlValue } from "../database/sql.ts";

/** `search`: what the pattern begins with, however it is spelled. */
export type RuleQuery = PageQuery & { search?: string | undefined; enabled?: boolean | undefined };

export async function countryOf(prisma: Prisma.TransactionClient, tenantId: string): Promise<string | null> {
  const tenant = await prisma.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { country: true } });
  return tenant.country;
}

/** Throws ControlError `rule_broken` with the reason in words. */
export function refuseUnreadable(field: string, parsed: { ok: true } | { ok: false; message: string }): void {
  if (!parsed.ok) throw new ControlError("rule_broken", parsed.message, { issues: [{ path: [field], message: parsed.message }] });
}

const cursorSchema = z.tuple([z.string(), z.string()]);
export const placeOf = ({ evaluationKey, id }: Placed): z.output<typeof cursorSchema> => [evaluationKey, id];

/** The columns are named as Prisma names them; JSON comes as text, a boolean as 0 or 1. */
export type ListedTable = SearchedTable & { columns: string };

/**
 * The rows of a page, and one more, in the order in which calls try the rules. Past Prisma, which spends several milliseconds of
 * the event loop on making objects of 200 of them.
 */
export async function readRulePage<Row>(
  database: Pick<Database, "prisma" | "pool">,
  table: ListedTable,
  { tenantId, cursor, search, enabled, limit }: RuleQuery & { tenantId: string },
): Promise<Row[]> {
  const key = readCursor(cursorSchema, cursor);
  const after = key === null ? null : { evaluationKey: key[0], id: key[1] };
  const conditions = ["tenant_id = ?"];
  const values: SqlValue[] = [tenantId];
  const add = (sql: string, more: SqlValue[]) => {
    conditions.push(sql);
    values.push(...more);
  };
  if (enabled !== undefined) add("enabled = ?", [enabled]);
  if (table.also.sql !== "") add(table.also.sql, table.also.values);
  if (search !== undefined && search !== "") {
    const keys = searchedKeys(search, await countryOf(database.prisma, tenantId));
    const ids = keys.length === 0 ? [] : await searchRules(database, table, { tenantId, keys, enabled, after, limit });
    if (ids.length === 0) return [];
    add(`id IN (${ids.map(() => "?").join(",")})`, ids);
  } else if (after !== null) {
    // Two ranges of the index, also where many rules were written at the same moment.
    add("(evaluation_key > ? OR (evaluation_key = ? AND id > ?))", [after.evaluationKey, after.evaluationKey, after.id]);
  }
  const sql = `SELECT ${table.columns} FROM ${table.name} WHERE ${conditions.join(" AND ")} ORDER BY evaluation_key, id LIMIT ?`;
  return await rowsOf<Row>(database.pool, sql, [...values, limit + 1]);
}

/** The derived columns. */
export const inboundPlace = (rule: Omit<InboundPlace, "createdAt"> & { createdAt: Date }, country: string | null) =>
  inboundOrder({ ...rule, createdAt: rule.createdAt.getTime() }, country);
export const outboundPlace = (rule: Omit<OutboundPlace, "createdAt"> & { createdAt: Date }, country: string | null) =>
  outboundOrder({ ...rule, createdAt: rule.createdAt.getTime() }, country);
