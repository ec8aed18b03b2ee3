import { callId, type TenantId } from "@switchboard/routing/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCallRecordReads } from "../calls/call-records.ts";
import { openControl } from "../control-fixture.ts";
import { cdrOf, entriesOf } from "../recorder/journal-fixture.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { keptFigures, recountOf } from "../figures/recount-fixture.ts";
import { rowsOf } from "../database/sql.ts";
import { type LoadOptions, loadCalls } from "./load-calls.ts";
import { loadIndexes, putBackIndexes, removeIndexes } from "./load-indexes.ts";

let control: Awaited<ReturnType<typeof openControl>>;
beforeAll(async () => {
  control = await openControl();
});
afterAll(() => control[Symbol.asyncDispose]());

const openTenant = async () => {
  const { tenantId, configuration } = await control.newTenant();
  const { agents, groups, inboundRules, outboundRules } = configuration;
  const names = ["Ada", "Ben", "Cy"];
  const created = [];
  for (const name of names) created.push((await agents.create({ name, provider: "vapi", serviceValue: "+15550100101" })).item);
  const members = created.map(({ id }) => ({ agentId: id }));
  const group = (await groups.create({ name: "Desk", strategy: "round_robin", members })).item;
  await inboundRules.create({ pattern: "+4420*", targetType: "agent_group", targetId: group.id });
  await outboundRules.create({ prefix: "GB", trunkConfig: { trunks: ["main"] } });
  return tenantId;
};

const load = (tenantId: TenantId, more: Partial<LoadOptions> = {}) =>
  loadCalls(control.url, { tenantId, count: 2_500, days: 30, name: "test", say: () => {}, signal: new AbortController().signal, ...more });

/** Breaks off after so many thousands. */
const brokenOff = (thousands: number): AbortSignal => {
  let asked = 0;
  return Object.defineProperty(new EventTarget(), "aborted", { get: () => (asked += 1) > thousands }) as AbortSignal;
};

test("a load that was broken off goes on to the same calls, its figures are a recount of the records, and twice it is refused", async () => {
  const tenantId = await openTenant();
  expect(await load(tenantId, { signal: brokenOff(1) })).toEqual({ loaded: 1_000, there: 0 });
  expect(await load(tenantId)).toEqual({ loaded: 1_500, there: 1_000 });
  await expect(load(tenantId)).rejects.toThrow("These 2,500 calls are there already");
  const nowMs = Date.now();
  const recounted = await recountOf(control.database, tenantId, nowMs);
  expect(await keptFigures(control.database, tenantId, nowMs)).toEqual(recounted);
  const spread = await rowsOf<{ status: string; calls: number }>(
    control.database.pool,
    "SELECT status, COUNT(*) AS calls FROM call_records WHERE tenant_id = ? GROUP BY 1",
    [tenantId],
  );
  expect(spread.reduce((sum, { calls }) => sum + calls, 0)).toBe(2_500);
  expect(spread.map(({ status }) => status).toSorted()).toEqual(["busy", "canceled", "completed", "failed", "no-answer"]);

  const reads = createCallRecordReads(control.database, tenantId);
  const completed = spread.find(({ status }) => status === "completed")?.calls ?? 0;
  for (const [filters, calls] of [
    [{}, 2_500],
    [{ status: "completed" }, completed],
  ] as const) {
    const { count, precision } = await reads.total(filters);
    expect(precision).toBe("estimate");
    // Test calls are in the list, and in no figure.
    expect(Math.abs(count - calls) / calls).toBeLessThan(0.02);
  }
  const [call] = (await reads.list({ limit: 1, outcome: "failed_over" })).items;
  expect((await reads.get(call?.id ?? ""))?.attempts?.length).toBeGreaterThan(1);
  expect((await reads.list({ limit: 5, search: call?.session })).items.map(({ id }) => id)).toEqual([call?.id]);
});

test("what is said later about a call that was loaded is folded into it, and into the figures", async () => {
  const tenantId = await openTenant();
  await load(tenantId, { count: 200 });
  const reads = createCallRecordReads(control.database, tenantId);
  const [call] = (await reads.list({ limit: 1, status: "completed", test: false })).items;
  if (!call) throw new Error("no call");
  const at = Date.parse(call.endedAt ?? "") + 60_000;
  const { report, ...cdr } = cdrOf({ tenantId, session: call.session, startedAt: Date.parse(call.startedAt) } as Parameters<
    typeof cdrOf
  >[0]);
  const amended = { ...cdr, callId: callId(call.id), report: { ...report, occurredAt: at, endedAt: at, billSeconds: 4_321 } };
  await createRecorder(control.database).apply(entriesOf([amended], 9), 9, 1);
  expect(await reads.get(call.id)).toMatchObject({ durationSeconds: 4_321, agentId: call.agentId, ruleId: call.ruleId });
  const nowMs = Date.now();
  expect(await keptFigures(control.database, tenantId, nowMs)).toEqual(await recountOf(control.database, tenantId, nowMs));
});

test("what cannot be loaded is refused in words: no rule to go by, too many at once", async () => {
  const { tenantId } = await control.newTenant();
  await expect(load(tenantId)).rejects.toThrow("no inbound rule that leads to an agent");
  await expect(load(tenantId, { count: 20_000_000 })).rejects.toThrow("At most 16,777,215 calls at once");
  await expect(load(await openTenant(), { count: 200_000 })).rejects.toThrow("Something else works with this database");
});

test("the indexes that a large load takes away are put back as the schema has them", async () => {
  const { pool } = control.database;
  const indexes = () =>
    rowsOf<{ table: string; name: string; columns: string }>(
      pool,
      `SELECT table_name AS \`table\`, index_name AS name, GROUP_CONCAT(column_name ORDER BY seq_in_index) AS columns
       FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name IN ('call_records', 'call_attempts')
       AND index_name <> 'PRIMARY' GROUP BY 1, 2 ORDER BY 1, 2`,
    );
  const before = await indexes();
  await removeIndexes(pool);
  expect(await indexes()).toEqual([]);
  await putBackIndexes(pool, () => {});
  expect(await indexes()).toEqual(before);
  expect(before.length).toBe(Object.values(loadIndexes).flatMap((each) => Object.keys(each)).length);
});
