/** What inbound and outbound rules have in common: which text is a pattern, how lists of them are cut into pages and searched. */
import { type InboundPlace, inboundOrder, type OutboundPlace, outboundOrder, searchedKeys } from "@switchboard/routing/rule-order";
import { z } from "zod";
import { ControlError } from "./control-error.ts";
import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { type PageQuery, readCursor } from "./keyset.ts";
import { type Placed, type SearchedTable, searchRules } from "./rule-search.ts";

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

/** The part of a list's condition that is the same for both kinds of rules; to be ordered by `inEvaluationOrder`. */
export async function ruleCondition(
  database: Pick<Database, "prisma" | "pool">,
  table: SearchedTable,
  { tenantId, cursor, search, enabled, limit }: RuleQuery & { tenantId: string },
) {
  const key = readCursor(cursorSchema, cursor);
  const after = key === null ? null : { evaluationKey: key[0], id: key[1] };
  const wanted = { tenantId, ...(enabled === undefined ? {} : { enabled }) };
  if (search !== undefined && search !== "") {
    const keys = searchedKeys(search, await countryOf(database.prisma, tenantId));
    const ids = keys.length === 0 ? [] : await searchRules(database, table, { tenantId, keys, enabled, after, limit });
    return { ...wanted, AND: [{ id: { in: ids } }] };
  }
  // Two ranges of the index, also where many rules were written at the same moment.
  const behind = (place: Placed) => ({
    OR: [{ evaluationKey: { gt: place.evaluationKey } }, { evaluationKey: place.evaluationKey, id: { gt: place.id } }],
  });
  return { ...wanted, AND: [after === null ? {} : behind(after)] };
}

export const inEvaluationOrder = [{ evaluationKey: "asc" as const }, { id: "asc" as const }];

/** The derived columns. */
export const inboundPlace = (rule: Omit<InboundPlace, "createdAt"> & { createdAt: Date }, country: string | null) =>
  inboundOrder({ ...rule, createdAt: rule.createdAt.getTime() }, country);
export const outboundPlace = (rule: Omit<OutboundPlace, "createdAt"> & { createdAt: Date }, country: string | null) =>
  outboundOrder({ ...rule, createdAt: rule.createdAt.getTime() }, country);
