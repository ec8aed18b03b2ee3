/** Lists, searches, totals and summaries of a tenant with a million calls, or as many as `--calls` says, each with the index that was used. */
import { createAnalytics } from "@switchboard/control/analytics";
import { type CallRecordFilters, createCallRecordReads } from "@switchboard/control/call-records";
import { createDatabase, type Database } from "@switchboard/control/database";
import { rowsOf } from "@switchboard/control/sql";
import type { Benchmark } from "./bench-context.ts";
import { figuresOf } from "./figure.ts";
import { indexesUsed } from "./records-explain.ts";
import { openRecords } from "./records-data.ts";

const limitMs = 50;
const asks = 100;
const warmUps = 5;
const page = 50;
const dayMs = 86_400_000;

type Sample = { from: string; to: string; from_rare: string; agent: string; rule: string; group: string };

/** What is asked for: things that many calls have, and a caller that few have. */
const sampleOf = async (database: Database, tenantId: string): Promise<Sample> => {
  const sql = `SELECT from_number AS \`from\`, to_number AS \`to\`, agent_id AS agent, rule_id AS rule, group_id AS \`group\` FROM call_records
    WHERE tenant_id = ? AND status = 'completed' AND direction = 'inbound' AND from_number <> 'anonymous' ORDER BY started_at DESC LIMIT 1`;
  const [recent] = await rowsOf<Sample>(database.backgroundPool, sql, [tenantId]);
  const rare =
    "SELECT from_number AS `from` FROM call_records WHERE tenant_id = ? AND from_number LIKE '+%' ORDER BY from_number DESC LIMIT 1 OFFSET 5000";
  const [other] = await rowsOf<{ from: string }>(database.backgroundPool, rare, [tenantId]);
  if (recent === undefined || other === undefined) throw new Error("there are no calls");
  return { ...recent, from_rare: other.from };
};

const filtersOf = (some: Sample, nowMs: number): Record<string, CallRecordFilters> => ({
  "no filter": {},
  "from, a caller with few calls": { from: some.from_rare },
  "from, a caller with calls just now": { from: some.from },
  "to, a number with very many calls": { to: some.to },
  "number, of either side": { number: some.to },
  "status busy": { status: "busy" },
  "status completed": { status: "completed" },
  "status queued, which no call has": { status: "queued" },
  "reason matched": { reason: "matched" },
  "reason engine_error, which no call has": { reason: "engine_error" },
  "direction outbound": { direction: "outbound" },
  "an agent of any attempt": { agentId: some.agent },
  "an agent that is not there": { agentId: "agt_nobody" },
  "a group": { groupId: some.group },
  "a rule": { ruleId: some.rule },
  "test calls": { test: true },
  "no test calls": { test: false },
  "outcome answered": { outcome: "answered" },
  "outcome not_answered": { outcome: "not_answered" },
  "outcome failed_over": { outcome: "failed_over" },
  "outcome fallback": { outcome: "fallback" },
  "started in one hour a month ago": {
    startedAfter: new Date(nowMs - 30 * dayMs).toISOString(),
    startedBefore: new Date(nowMs - 30 * dayMs + 3_600_000).toISOString(),
  },
  "started before two months ago": { startedBefore: new Date(nowMs - 60 * dayMs).toISOString() },
  "search, a whole number": { search: some.from_rare },
  "search, a beginning that a fifth of all have": { search: "+1415" },
  "search, a beginning that few have": { search: some.from_rare.slice(0, -2) },
  "search, the last four digits": { search: `…${some.from_rare.slice(-4)}` },
  "search, the last digits of a number with very many calls": { search: `…${some.to.slice(-6)}` },
  "search, digits that are neither": { search: "777777777777" },
  "search, an agent’s name": { search: "Agent 1" },
  "two at once: an agent and status busy": { agentId: some.agent, status: "busy" },
  "two at once: a rule and a caller’s last digits": { ruleId: some.rule, search: `…${some.from_rare.slice(-4)}` },
});

const p95 = async (ask: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let asked = 0; asked < asks + warmUps; asked += 1) {
    const began = performance.now();
    await ask();
    if (asked >= warmUps) times.push(performance.now() - began);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(asks * 0.95)] ?? 0;
};

export const records: Benchmark = {
  describes: "call records: lists by any one filter, number search, totals and a summary",
  run: async (context) => {
    const { figures, add } = figuresOf("records");
    const calls = context.calls ?? 1_000_000;
    const { url, tenantId } = await openRecords(context, calls);
    const database = createDatabase(url);
    context.onEnd(database.close);
    context.say(`${calls.toLocaleString("en-US")} calls`);
    const reads = createCallRecordReads(database, tenantId);
    const held = { target: { of: "value", is: "below", limit: limitMs } } as const;
    const nowMs = Date.now();
    for (const [what, filters] of Object.entries(filtersOf(await sampleOf(database, tenantId), nowMs))) {
      const first = await reads.list({ ...filters, limit: page });
      // Deep pages as often as first ones.
      let cursor: string | undefined;
      const next = async () => {
        const answer = await reads.list({ ...filters, limit: page, cursor });
        cursor = answer.nextCursor ?? undefined;
      };
      const used = await indexesUsed(database, tenantId, filters);
      const { count, precision } = await reads.total(filters);
      const found = precision === "exact" ? count.toLocaleString("en-US") : `about ${count.toLocaleString("en-US")}`;
      const measured = await p95(next);
      context.say(`${what}: ${measured.toFixed(1)} ms`);
      // Two at once may have to look at very many calls to find a page: shown, and held to nothing.
      add(`${what} (${found}; ${used}; a page of ${first.items.length}), p95`, measured, "ms", what.startsWith("two at once") ? {} : held);
      add(`${what}, the total, p95`, await p95(() => reads.total(filters)), "ms", held);
    }
    const { summary } = createAnalytics(database, tenantId);
    add(
      "summary of 90 days by day (call_rollups PRIMARY), p95",
      await p95(() => summary({ from: new Date(nowMs - 90 * dayMs).toISOString() })),
      "ms",
      held,
    );
    return figures;
  },
};
