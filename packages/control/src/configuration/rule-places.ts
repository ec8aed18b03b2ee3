/** Writes anew where rules stand in the order in which calls try them: when the tenant's country changes, and for rows that lack it. */
import type { RuleOrder } from "@switchboard/routing/rule-order";
import type { Database } from "../database/database.ts";
import { Prisma } from "../generated/client.ts";
import { inboundPlace, outboundPlace } from "./rule-columns.ts";
import { rowsOf } from "../database/sql.ts";

/** No country: whoever changes it back half-way finds some rules moved already. */
const underway = "??";

type Row = RuleOrder & { id: string; now: RuleOrder };

/** Reading national numbers takes the event loop some 20 µs each. */
const pageRows = 200;

/** With 0, or with what people write before it, begins what may be a national number: it belongs to the tenant's country. */
const national = ["0", "(", ")", "[", "]", "-", "."].map((startsWith) => ({ startsWith }));

type Concerned = { inbound: Prisma.InboundRuleWhereInput; outbound: Prisma.OutboundRuleWhereInput };

const unplaced: Concerned = { inbound: { evaluationKey: "" }, outbound: { evaluationKey: "" } };
const unplacedOrNational: Concerned = {
  inbound: { OR: [unplaced.inbound, ...national.flatMap((begins) => [{ pattern: begins }, { callerPattern: begins }])] },
  outbound: { OR: [unplaced.outbound, ...national.flatMap((begins) => [{ prefix: begins }, { callerIdPrefix: begins }])] },
};

/** Of every tenant where something is to do; where nothing is, that costs two looks a tenant. */
export async function placeRules(database: Database, signal?: AbortSignal): Promise<void> {
  const without = (table: string) => `EXISTS (SELECT 1 FROM ${table} WHERE tenant_id = tenants.id AND evaluation_key = '')`;
  const sql = `SELECT id FROM tenants WHERE NOT country <=> rules_country OR ${without("inbound_rules")} OR ${without("outbound_rules")}`;
  for (const { id } of await rowsOf<{ id: string }>(database.backgroundPool, sql)) {
    if (signal?.aborted !== true) await placeRulesOf(database, id, signal);
  }
}

/** Page by page and not in one transaction: tens of thousands take seconds. Safe to be done by two at once, and to be left half-way. */
export async function placeRulesOf({ prisma }: Database, tenantId: string, signal?: AbortSignal): Promise<void> {
  const select = { country: true, rulesCountry: true } as const;
  const { country, rulesCountry } = await prisma.tenant.findUniqueOrThrow({ where: { id: tenantId }, select });
  const { inbound, outbound } = country === rulesCountry ? unplaced : unplacedOrNational;
  if (country !== rulesCountry) await prisma.tenant.update({ where: { id: tenantId }, data: { rulesCountry: underway } });
  const page = { orderBy: { id: "asc" as const }, take: pageRows };
  await inPages(
    async (after) => {
      const rows = await prisma.inboundRule.findMany({ where: { tenantId, id: { gt: after }, ...inbound }, ...page });
      return rows.map((row) => ({ ...row, now: inboundPlace(row, country) }));
    },
    (rows) => prisma.$executeRaw`UPDATE inbound_rules ${newPlaces(tenantId, rows)}`,
    signal,
  );
  await inPages(
    async (after) => {
      const rows = await prisma.outboundRule.findMany({ where: { tenantId, id: { gt: after }, ...outbound }, ...page });
      return rows.map((row) => ({ ...row, now: outboundPlace(row, country) }));
    },
    (rows) => prisma.$executeRaw`UPDATE outbound_rules ${newPlaces(tenantId, rows)}`,
    signal,
  );
  if (signal?.aborted !== true) await prisma.tenant.updateMany({ where: { id: tenantId, country }, data: { rulesCountry: country } });
}

async function inPages(
  read: (after: string) => Promise<Row[]>,
  write: (rows: Row[]) => Promise<unknown>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let after: string | undefined = ""; after !== undefined && signal?.aborted !== true; ) {
    const rows: Row[] = await read(after);
    const moved = rows.filter(({ evaluationKey, matchKey, now }) => evaluationKey !== now.evaluationKey || matchKey !== now.matchKey);
    if (moved.length > 0) await write(moved);
    after = rows.length < pageRows ? undefined : rows.at(-1)?.id;
  }
}

/** The rest of an UPDATE that gives each of these rows its own keys, but those that somebody saved since they were read. */
function newPlaces(tenantId: string, rows: Row[]): Prisma.Sql {
  const chosen = (keyOf: (order: RuleOrder) => string) =>
    Prisma.sql`CASE id ${Prisma.join(
      rows.map(({ id, now }) => Prisma.sql`WHEN ${id} THEN ${keyOf(now)}`),
      " ",
    )} END`;
  return Prisma.sql`SET evaluation_key = ${chosen((order) => order.evaluationKey)}, match_key = ${chosen((order) => order.matchKey)}
    WHERE tenant_id = ${tenantId} AND id IN (${Prisma.join(rows.map(({ id }) => id))})
      AND evaluation_key IN (${Prisma.join([...new Set(rows.map(({ evaluationKey }) => evaluationKey))])})`;
}
