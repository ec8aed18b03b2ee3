/** What inbound and outbound rules have in common: which text is a pattern, how lists of them are cut into pages and searched. */
import { type InboundPlace, inboundOrder, type OutboundPlace, outboundOrder, searchedKeys } from "@switchboard/routing/rule-order";
import { z } from "zod";
import { ControlError } from "./control-error.ts";
import type { Prisma } from "./generated/client.ts";
import { type PageQuery, readCursor } from "./keyset.ts";

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

const behindEvery = "\u{10ffff}";

const cursorSchema = z.tuple([z.string(), z.string()]);
type Placed = { evaluationKey: string; id: string };
export const placeOf = ({ evaluationKey, id }: Placed): z.output<typeof cursorSchema> => [evaluationKey, id];

/** Up to so many rules that a search finds are picked by name; more of them are met soon enough by walking along the order. */
const fewFound = 2_000;

const rangesOf = (keys: string[]) => keys.map((key) => ({ matchKey: { gte: key, lt: `${key}${behindEvery}` } }));

type Found = { where: { tenantId: string; OR: ReturnType<typeof rangesOf> }; select: { id: true }; take: number };
/** `prisma` and which of its tables is asked. */
export type RuleTable = { prisma: Prisma.TransactionClient; idsOf: (found: Found) => Promise<{ id: string }[]> };

/**
 * What a search finds. The database can't know whether a search finds three of 50,000 rules or half of them, and would walk along
 * all for the three.
 */
async function searchCondition({ prisma, idsOf }: RuleTable, tenantId: string, search: string) {
  const keys = searchedKeys(search, await countryOf(prisma, tenantId));
  // Prisma reads an empty OR as no condition at all.
  if (keys.length === 0) return { id: { in: [] } };
  const found = await idsOf({ where: { tenantId, OR: rangesOf(keys) }, select: { id: true }, take: fewFound + 1 });
  return found.length > fewFound ? { OR: rangesOf(keys) } : { id: { in: found.map(({ id }) => id) } };
}

/** The part of a list's condition that is the same for both kinds of rules; to be ordered by `inEvaluationOrder`. */
export async function ruleCondition(table: RuleTable, tenantId: string, { cursor, search, enabled }: RuleQuery) {
  const after = readCursor(cursorSchema, cursor);
  return {
    tenantId,
    ...(enabled === undefined ? {} : { enabled }),
    AND: [
      search === undefined || search === "" ? {} : await searchCondition(table, tenantId, search),
      // Two ranges of the index, also where many rules were written at the same moment.
      after === null ? {} : { OR: [{ evaluationKey: { gt: after[0] } }, { evaluationKey: after[0], id: { gt: after[1] } }] },
    ],
  };
}

export const inEvaluationOrder = [{ evaluationKey: "asc" as const }, { id: "asc" as const }];

/** The derived columns. */
export const inboundPlace = (rule: Omit<InboundPlace, "createdAt"> & { createdAt: Date }, country: string | null) =>
  inboundOrder({ ...rule, createdAt: rule.createdAt.getTime() }, country);
export const outboundPlace = (rule: Omit<OutboundPlace, "createdAt"> & { createdAt: Date }, country: string | null) =>
  outboundOrder({ ...rule, createdAt: rule.createdAt.getTime() }, country);
