/** Writes anew where rules stand in the order in which calls try them: when the tenant's country changes, and for rows that lack it. */
import type { RuleOrder } from "@switchboard/routing/rule-order";
import type { Change } from "./change.ts";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";
import { countryOf, inboundPlace, outboundPlace } from "./rule-columns.ts";
import { rowsOf } from "./sql.ts";

type Row = RuleOrder & { id: string; now: RuleOrder };

/** Reading national numbers takes the event loop some 20 µs each. */
const pageRows = 200;

/** With 0, or with what people write before it, begins what may be a national number: it belongs to the tenant's country. */
const national = ["0", "(", ")", "[", "]", "-", "."].map((startsWith) => ({ startsWith }));

/** To be called once the tenant's new country is written. */
export async function reorderRules({ tx, tenantId }: Change): Promise<void> {
  await placeRules(tx, tenantId, {
    inbound: { OR: national.flatMap((begins) => [{ pattern: begins }, { callerPattern: begins }]) },
    outbound: { OR: national.flatMap((begins) => [{ prefix: begins }, { callerIdPrefix: begins }]) },
  });
}

/** For rules that were written without: by an earlier version, or past this package. Costs little where there are none. */
export async function placeNewRules({ prisma, backgroundPool }: Database): Promise<void> {
  const without =
    "SELECT tenant_id FROM inbound_rules WHERE evaluation_key = '' UNION SELECT tenant_id FROM outbound_rules WHERE evaluation_key = ''";
  for (const { tenant_id: tenantId } of await rowsOf<{ tenant_id: string }>(backgroundPool, without)) {
    await placeRules(prisma, tenantId, { inbound: { evaluationKey: "" }, outbound: { evaluationKey: "" } });
  }
}

type Concerned = { inbound: Prisma.InboundRuleWhereInput; outbound: Prisma.OutboundRuleWhereInput };

async function placeRules(prisma: Prisma.TransactionClient, tenantId: string, { inbound, outbound }: Concerned): Promise<void> {
  const country = await countryOf(prisma, tenantId);
  const page = { orderBy: { id: "asc" as const }, take: pageRows };
  await inPages(
    async (after) => {
      const rows = await prisma.inboundRule.findMany({ where: { tenantId, id: { gt: after }, ...inbound }, ...page });
      return rows.map((row) => ({ ...row, now: inboundPlace(row, country) }));
    },
    (rows) => prisma.$executeRaw`UPDATE inbound_rules ${newPlaces(tenantId, rows)}`,
  );
  await inPages(
    async (after) => {
      const rows = await prisma.outboundRule.findMany({ where: { tenantId, id: { gt: after }, ...outbound }, ...page });
      return rows.map((row) => ({ ...row, now: outboundPlace(row, country) }));
    },
    (rows) => prisma.$executeRaw`UPDATE outbound_rules ${newPlaces(tenantId, rows)}`,
  );
}

async function inPages(read: (after: string) => Promise<Row[]>, write: (rows: Row[]) => Promise<unknown>): Promise<void> {
  for (let after: string | undefined = ""; after !== undefined; ) {
    const rows: Row[] = await read(after);
    const moved = rows.filter(({ evaluationKey, matchKey, now }) => evaluationKey !== now.evaluationKey || matchKey !== now.matchKey);
    if (moved.length > 0) await write(moved);
    after = rows.length < pageRows ? undefined : rows.at(-1)?.id;
  }
}

/** The rest of an UPDATE that gives each of these rows its own keys. */
function newPlaces(tenantId: string, rows: Row[]): Prisma.Sql {
  const chosen = (keyOf: (order: RuleOrder) => string) =>
    Prisma.sql`CASE id ${Prisma.join(
      rows.map(({ id, now }) => Prisma.sql`WHEN ${id} THEN ${keyOf(now)}`),
      " ",
    )} END`;
  return Prisma.sql`SET evaluation_key = ${chosen((order) => order.evaluationKey)}, match_key = ${chosen((order) => order.matchKey)}
    WHERE tenant_id = ${tenantId} AND id IN (${Prisma.join(rows.map(({ id }) => id))})`;
}
