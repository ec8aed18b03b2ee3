/** Summaries of a tenant whose hundreds of agents and rules have been busy for ninety days, and the hits of a page of its rules. */
import { createAnalytics } from "@switchboard/control/analytics";
import { createDatabase, type Database } from "@switchboard/control/database";
import { readKeyRing } from "@switchboard/control/key-ring";
import { createPasswords } from "@switchboard/control/passwords";
import { createRuleHits } from "@switchboard/control/rule-hits";
import { execute } from "@switchboard/control/sql";
import { createTenant } from "@switchboard/control/tenants";
import type { Benchmark } from "./bench-context.ts";
import { figuresOf } from "./figure.ts";
import { newKeyRing } from "./server-pair.ts";

const things = { total: 1, status: 5, reason: 8, agent: 200, group: 40, rule: 300, provider: 8 };
const dayMs = 86_400_000;
const days = 90;
const minuteBuckets = 48 * 60;
const asks = 200;
const limitMs = 50;

/** A row for each of a dimension in each bucket, as busy traffic leaves them. */
const fill = async ({ backgroundPool }: Database, tenantId: string, nowMs: number) => {
  const buckets = [
    { size: "7days", ms: 7 * dayMs, count: Math.ceil(days / 7) },
    { size: "day", ms: dayMs, count: days },
    { size: "6hours", ms: dayMs / 4, count: days * 4 },
    { size: "hour", ms: dayMs / 24, count: days * 24 },
    { size: "minute", ms: 60_000, count: minuteBuckets },
  ];
  const numbers = (count: number) =>
    `(WITH RECURSIVE n AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count}) SELECT i FROM n)`;
  for (const { size, ms, count } of buckets) {
    const first = new Date(Math.floor(nowMs / ms) * ms - (count - 1) * ms);
    const at = `TIMESTAMPADD(SECOND, b.i * ${ms / 1_000}, ?)`;
    for (const [dimension, ids] of Object.entries(things)) {
      const id = dimension === "total" ? "''" : `CONCAT('${dimension}_', LPAD(d.i, 14, '0'))`;
      const sql = `INSERT INTO call_rollups SELECT ?, '${dimension}', '${size}', ${at}, ${id}, 40 + d.i, 30, 30, 2400, 4, 1
        FROM ${numbers(count)} b, ${numbers(size === "minute" ? Math.min(ids, 20) : ids)} d`;
      await execute(backgroundPool, `SET STATEMENT max_recursive_iterations = 100000 FOR ${sql}`, [tenantId, first]);
    }
    const bins = JSON.stringify(Object.fromEntries(Array.from({ length: 60 }, (_, key) => [String(key * 4), 7])));
    const sketches = `INSERT INTO call_sketches SELECT ?, '${size}', ${at}, ?, ? FROM ${numbers(count)} b`;
    await execute(backgroundPool, `SET STATEMENT max_recursive_iterations = 100000 FOR ${sketches}`, [tenantId, first, bins, bins]);
  }
};

/** Milliseconds that 95 of 100 answers needed no more than. */
const p95 = async (ask: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let asked = 0; asked < asks + 10; asked += 1) {
    const began = performance.now();
    await ask();
    if (asked >= 10) times.push(performance.now() - began);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(asks * 0.95)] ?? 0;
};

export const summaries: Benchmark = {
  describes: "summaries over ninety days, from the figures that the recorder keeps",
  run: async (context) => {
    const { figures, add } = figuresOf("summaries");
    const server = await context.startDatabase();
    const database = createDatabase(server.url);
    context.onEnd(database.close);
    const deps = { database, keyRing: readKeyRing(newKeyRing()), passwords: createPasswords() };
    const password = `bench ${crypto.randomUUID()}`;
    const { tenantId } = await createTenant(deps, { domain: "bench.example", email: "admin@bench.example", password });
    const nowMs = Date.now();
    await fill(database, tenantId, nowMs);
    context.say(`figures of ${days} days, ${things.agent} agents, ${things.rule} rules`);

    const { summary } = createAnalytics(database, tenantId);
    const since = (ms: number) => new Date(nowMs - ms).toISOString();
    const held = { target: { of: "value", is: "below", limit: limitMs } } as const;
    add("summary of 90 days, by day, p95", await p95(() => summary({ from: since(days * dayMs) })), "ms", held);
    add("summary of 90 days, by hour, p95", await p95(() => summary({ from: since(days * dayMs), interval: "hour" })), "ms", held);
    add("summary of 24 hours, by minute, p95", await p95(() => summary({ interval: "minute" })), "ms", held);
    const ids = Array.from({ length: 50 }, (_, rule) => `rule_${String(rule).padStart(14, "0")}`);
    const hits = createRuleHits(database, tenantId);
    add("hits of a page of 50 rules, p95", await p95(() => hits(ids)), "ms", held);
    return figures;
  },
};
