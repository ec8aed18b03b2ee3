import { type AgentId, agentId, groupId, type TenantId } from "@switchboard/routing/ids";
import type { JournalEvent } from "@switchboard/routing/journal-event";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filterSql } from "./call-filters.ts";
import { type CallRecordFilters, createCallRecordReads } from "./call-records.ts";
import { readSearch } from "./call-search.ts";
import { openControl } from "../control-fixture.ts";
import { cdrOf, entriesOf, type SimulatedCall, stepOf } from "../recorder/journal-fixture.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { execute, rowsOf } from "../database/sql.ts";

let control: Awaited<ReturnType<typeof openControl>>;
beforeAll(async () => {
  control = await openControl();
});
afterAll(() => control[Symbol.asyncDispose]());

let partitions = 0;
const record = async (events: JournalEvent[]) =>
  createRecorder(control.database).apply(entriesOf(events, (partitions += 1)), partitions, 1);

const agents = Array.from({ length: 3 }, (_, index) => agentId(`agt_${String(index).padStart(20, "0")}`));
const group = groupId(`grp_${"0".repeat(20)}`);
const numberOf = (index: number) => `+1415555${String(index * 7).padStart(4, "0")}`;

/** One in three calls is dialled twice, by the same agent; one in two has ended. */
const eventsOf = (tenantId: TenantId, index: number): JournalEvent[] => {
  const agent = agents[index % agents.length] as AgentId;
  const call: SimulatedCall = {
    tenantId,
    agentId: agent,
    groupId: group,
    session: `s${index}`,
    startedAt: Date.UTC(2026, 1, 1) + index * 500,
  };
  const said = (step: ReturnType<typeof stepOf>) => ({
    ...step,
    facts: { ...step.facts, from: numberOf(index), direction: index % 5 === 0 ? ("outbound" as const) : ("inbound" as const) },
  });
  const events: JournalEvent[] = [said(stepOf(call))];
  if (index % 3 === 0) events.push(said(stepOf(call, 2)));
  return index % 2 === 0 ? [...events, cdrOf(call)] : events;
};

const pagesOf = async (tenantId: TenantId, filters: CallRecordFilters) => {
  const reads = createCallRecordReads(control.database, tenantId);
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await reads.list({ limit: 23, ...filters, cursor });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && ids.length < 1_000);
  return ids;
};

test("whichever way through the indexes a filter takes, alone or with others, its pages hold what a scan of the records finds, in order", async () => {
  const { tenantId } = await control.newTenant();
  const other = await control.newTenant();
  await record([tenantId, other.tenantId].flatMap((each) => Array.from({ length: 120 }, (_, index) => eventsOf(each, index)).flat()));
  const { pool } = control.database;
  const middle = new Date(Date.UTC(2026, 1, 1) + 30_000).toISOString();
  const single: CallRecordFilters[] = [
    ...[
      {},
      { from: numberOf(9) },
      { number: numberOf(9) },
      { to: "+15550109999" },
      { search: "+1415" },
      { search: "…63" },
      { search: "070" },
    ],
    ...([{ status: "completed" }, { status: "ringing" }, { reason: "matched" }, { direction: "outbound" }, { test: true }] as const),
    ...([{ outcome: "failed_over" }, { outcome: "answered" }, { outcome: "not_answered" }, { outcome: "fallback" }] as const),
    ...[{ agentId: agents[0] }, { groupId: group }, { ruleId: "rul_none" }, { startedAfter: middle }, { startedBefore: middle }],
  ];
  const together = single.flatMap((a, index) => single.slice(index + 1, index + 4).map((b) => ({ ...a, ...b })));
  let found = 0;
  for (const filters of [...single, ...together]) {
    const { sql, values } = filterSql(filters, { search: await readSearch(pool, tenantId, filters.search), cursor: null });
    const scanned = `SELECT id FROM call_records r IGNORE INDEX (call_records_started_idx) WHERE tenant_id = ?${sql} ORDER BY started_at DESC, id DESC`;
    const wanted = (await rowsOf<{ id: string }>(pool, scanned, [tenantId, ...values])).map(({ id }) => id);
    expect([filters, await pagesOf(tenantId, filters)]).toEqual([filters, wanted]);
    const total = await createCallRecordReads(control.database, tenantId).total(filters);
    expect([filters, total]).toEqual([filters, { count: wanted.length, precision: "exact" }]);
    found += wanted.length;
  }
  expect(found).toBeGreaterThan(1_000);
});

test("of many calls the total is a guess that says so, and calls that pass two filters are found however far back they lie", async () => {
  const { tenantId } = await control.newTenant();
  await record(Array.from({ length: 3 }, (_, index) => eventsOf(tenantId, index)).flat());
  const columns =
    "tenant_id, session, direction, from_number, to_number, status, state, degraded, test, started_at, answered, traits, fold, updated_at, rule_id, group_id";
  const of =
    "?, CONCAT('m', seq), 'inbound', '+4420', '+15550100001', 'busy', 'busy', 0, 0, TIMESTAMPADD(SECOND, seq, '2026-03-01'), 0, 0, '{}', NOW(), " +
    "IF(seq % 2 = 0 OR seq = 1, 'rul_even', NULL), IF(seq % 2 = 1, 'grp_odd', NULL)";
  const numbers = "WITH RECURSIVE n AS (SELECT 1 AS seq UNION ALL SELECT seq + 1 FROM n WHERE seq < 900) SELECT";
  // Nine hundred at a time: more levels than a thousand one of the two servers does not allow.
  for (let part = 0; part < 5; part += 1) {
    const shift = of.replaceAll("seq", `(seq + ${part * 900})`);
    const sql = `INSERT INTO call_records (id, ${columns}) ${numbers} CONCAT('cal_', LPAD(seq + ${part * 900}, 20, '0')), ${shift} FROM n`;
    await execute(control.database.pool, sql, [tenantId]);
  }
  await execute(control.database.pool, "ANALYZE TABLE call_records");
  const reads = createCallRecordReads(control.database, tenantId);
  const busy = await reads.total({ status: "busy" });
  expect(busy.precision).toBe("estimate");
  expect(busy.count / 4_500).toBeGreaterThan(0.4);
  expect(busy.count / 4_500).toBeLessThan(2.5);
  // Each has thousands, and of both there is the oldest alone.
  expect(await pagesOf(tenantId, { ruleId: "rul_even", groupId: "grp_odd" })).toHaveLength(1);
  const both = { direction: "inbound", groupId: group } as const;
  expect(await pagesOf(tenantId, { ...both })).toHaveLength(2);
  expect(await pagesOf(tenantId, { status: "busy", outcome: "answered" })).toEqual([]);
  expect(await pagesOf(tenantId, { direction: "inbound", startedBefore: "2026-02-02T00:00:00Z" })).toHaveLength(2);
  expect(await pagesOf(tenantId, { search: "…5551", direction: "inbound" })).toEqual([]);
});
