/** What inbound and outbound rules have in common: which text is a pattern, how lists of them are cut into pages and searched. */
import {
  compareOrders,
  type InboundPlace,
  inboundOrder,
  type OutboundPlace,
  outboundOrder,
  searchedKeys,
} from "@switchboard/routing/rule-order";
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

/** Up to so many rules that a search finds are put in order here; more of them are met soon enough by walking along the order. */
const fewFound = 1_000;

const rangesOf = (keys: string[]) => keys.map((key) => ({ matchKey: { gte: key, lt: `${key}${behindEvery}` } }));

type Wanted = { tenantId: string; enabled?: boolean; AND: { OR: ReturnType<typeof rangesOf> }[] };
type Found = { where: Wanted; select: { id: true; evaluationKey: true }; take: number };
/** `prisma`, and which of its tables is asked, with whatever else is asked of its rows. */
export type RuleTable = { prisma: Prisma.TransactionClient; find: (found: Found) => Promise<Placed[]> };

type Search = { search: string; after: z.output<typeof cursorSchema> | null; limit: number; wanted: Pick<Wanted, "tenantId" | "enabled"> };

/**
 * What a page of a search shows. The database can't know whether a search finds three of 50,000 rules or half of them, and asked
 * for the first in order would walk along all for the three.
 */
async function searchCondition({ prisma, find }: RuleTable, { search, after, limit, wanted }: Search) {
  const keys = searchedKeys(search, await countryOf(prisma, wanted.tenantId));
  // Prisma reads an empty OR as no condition at all.
  if (keys.length === 0) return { id: { in: [] } };
  const ranges = { OR: rangesOf(keys) };
  const found = await find({ where: { ...wanted, AND: [ranges] }, select: { id: true, evaluationKey: true }, take: fewFound + 1 });
  if (found.length > fewFound) return ranges;
  const behind = after === null ? found : found.filter((each) => compareOrders({ evaluationKey: after[0], id: after[1] }, each) < 0);
  const page = behind.toSorted(compareOrders).slice(0, limit + 1);
  return { id: { in: page.map(({ id }) => id) } };
}

/** The part of a list's condition that is the same for both kinds of rules; to be ordered by `inEvaluationOrder`. */
export async function ruleCondition(table: RuleTable, tenantId: string, { cursor, search, enabled, limit }: RuleQuery) {
  const after = readCursor(cursorSchema, cursor);
  const wanted = { tenantId, ...(enabled === undefined ? {} : { enabled }) };
  return {
    ...wanted,
    AND: [
      search === undefined || search === "" ? {} : await searchCondition(table, { search, after, limit, wanted }),
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
