/** A search finds the same rules in the same order, however many there are: a few are sorted, thousands are walked to. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openControl } from "../control-fixture.ts";
import type { InboundRule } from "./inbound-rules.ts";
import { inboundPlace } from "./rule-columns.ts";
import { execute, placeholders } from "../database/sql.ts";

let control: Awaited<ReturnType<typeof openControl>>;
let tenant: Awaited<ReturnType<typeof control.newTenant>>;
let agents: string[];

const count = 2_400;
/** Half of them begin with +1555, written in an order that is not that of their priorities. */
const patternOf = (n: number): string => `+1${n % 2 === 0 ? 555 : 444}${String(1_000_000 + n)}`;

beforeAll(async () => {
  control = await openControl();
  tenant = await control.newTenant();
  const names = ["a", "b"];
  agents = [];
  for (const name of names) agents.push((await tenant.configuration.agents.create({ name, provider: "vapi", serviceValue: name })).item.id);
  const createdAt = new Date(Date.UTC(2026, 0, 1));
  const rows = Array.from({ length: count }, (_, n) => {
    const rule = { pattern: patternOf(n), callerPattern: null, priority: 1 + ((n * 7) % 5) };
    const { evaluationKey, matchKey } = inboundPlace({ ...rule, createdAt }, null);
    const id = `rul_${String((n * 1_009) % count).padStart(20, "0")}`;
    return [
      tenant.tenantId,
      id,
      rule.pattern,
      agents[n % 3 === 0 ? 1 : 0] ?? "",
      rule.priority,
      n % 4 !== 0,
      evaluationKey,
      matchKey,
      createdAt,
      createdAt,
    ];
  });
  for (let from = 0; from < count; from += 300) {
    const some = rows.slice(from, from + 300);
    const columns = "tenant_id, id, pattern, agent_id, priority, enabled, evaluation_key, match_key, created_at, updated_at";
    await execute(control.database.pool, `INSERT INTO inbound_rules (${columns}) VALUES ${placeholders(some.length, 10)}`, some.flat());
  }
});
afterAll(() => control[Symbol.asyncDispose]());

type Query = Parameters<typeof tenant.configuration.inboundRules.list>[0];
const everyPage = async (query: Omit<Query, "limit">): Promise<InboundRule[]> => {
  const items: InboundRule[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await tenant.configuration.inboundRules.list({ ...query, limit: 190, cursor });
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
};
const idsOf = (rules: InboundRule[]): string[] => rules.map(({ id }) => id);

describe.each([
  { what: "thousands", search: "+1" },
  { what: "just over a thousand", search: "+1 555" },
  { what: "hundreds", search: "+155510000" },
])("$what", ({ search }) => {
  const prefix = search.replaceAll(" ", "");

  test.each([
    { what: "all", filter: {}, wanted: () => true },
    { what: "enabled ones", filter: { enabled: true }, wanted: ({ enabled }: InboundRule) => enabled },
    {
      what: "those of one agent",
      filter: { targetType: "voice_agent" as const },
      target: 1,
      wanted: ({ targetId }: InboundRule) => targetId === agents[1],
    },
  ])("$what stand as in the list of every rule, each once", async ({ filter, target, wanted }) => {
    const all = await everyPage({});
    expect(all).toHaveLength(count);
    const found = await everyPage({ search, ...filter, ...(target === undefined ? {} : { targetId: agents[target] }) });
    const expected = all.filter((rule) => rule.pattern.startsWith(prefix) && wanted(rule));
    expect(expected.length).toBeGreaterThan(10);
    expect(idsOf(found)).toEqual(idsOf(expected));
  });
});
