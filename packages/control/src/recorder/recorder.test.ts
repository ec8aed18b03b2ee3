import { agentId, callId, groupId, tenantId } from "@switchboard/routing/ids";
import type { JournalEntry, JournalEvent } from "@switchboard/routing/journal-event";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createCallRecordReads } from "../calls/call-records.ts";
import { openControl } from "../control-fixture.ts";
import { cdrOf, callOf, entriesOf, namelessCdrOf, type SimulatedCall, stepOf, updateOf, wholeCall } from "./journal-fixture.ts";
import { keptFigures, recountOf } from "../figures/recount-fixture.ts";
import { createRecorder, FencedError, type Recorder } from "./recorder.ts";
import { execute, rowsOf } from "../database/sql.ts";

let control: Awaited<ReturnType<typeof openControl>>;
let recorder: Recorder;
beforeAll(async () => {
  control = await openControl();
  recorder = createRecorder(control.database);
});
afterAll(() => control[Symbol.asyncDispose]());

let partitions = 0;
const nextPartition = () => (partitions += 1);

async function newCalls(count: number): Promise<SimulatedCall[]> {
  const { tenantId: tenant } = await control.newTenant();
  const startedAt = Date.UTC(2026, 0, 1);
  return Array.from({ length: count }, (_, index) => ({
    ...{ tenantId: tenant, agentId: agentId(`agt_${"0".repeat(20)}`), groupId: groupId(`grp_${"0".repeat(20)}`) },
    ...{ session: `session-${index}`, startedAt: startedAt + index },
  }));
}

/** Everything that was stored of a tenant but the times of writing. */
async function stored(tenant: string, { pool } = control.database) {
  const all = (sql: string) => rowsOf<Record<string, unknown>>(pool, sql, [tenant]);
  const records = await all("SELECT * FROM call_records WHERE tenant_id = ? ORDER BY id");
  return {
    records: records.map((row): Record<string, unknown> => ({ ...row, updated_at: null, fold: JSON.parse(String(row.fold)) })),
    attempts: await all(
      "SELECT call_id, step, target_id, agent_id, trunk, kind, result, started_at, ended_at FROM call_attempts WHERE tenant_id = ? ORDER BY 1, 2",
    ),
    timeline: await all("SELECT call_id, HEX(dedupe) dedupe, at, type, detail FROM call_events WHERE tenant_id = ? ORDER BY 1, 2"),
    audit: await all("SELECT HEX(id) id, received_at, kind, call_id, fields, answer FROM webhook_events WHERE tenant_id = ? ORDER BY 1"),
    sipIds: await all("SELECT sip_call_id, call_id FROM call_sip_ids WHERE tenant_id = ? ORDER BY 1"),
    unmatched: await all("SELECT sip_call_id FROM unmatched_cdrs WHERE tenant_id = ? ORDER BY 1"),
  };
}

/** Deterministic, from a seed. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  let state = seed;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return items
    .map((item) => ({ item, order: next() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

const deadLetters = (partition: number) =>
  rowsOf<{ entry_id: string; error: string }>(control.database.pool, "SELECT entry_id, error FROM dead_letters WHERE `partition` = ?", [
    partition,
  ]);

test("a call is read back whole: status, times, attempts in order, timeline, and the reason in words", async () => {
  const [call] = await newCalls(1);
  if (!call) throw new Error("no call");
  await recorder.apply(entriesOf(wholeCall(call), nextPartition()), partitions, 1);
  const record = await createCallRecordReads(control.database, call.tenantId).get(callOf(call));
  expect(record).toMatchObject({
    ...{ session: "session-0", direction: "inbound", from: "+15550100001", to: "+15550109999", status: "completed", state: "completed" },
    ...{
      reason: "matched",
      reasonText: "The rule's target took the call.",
      degraded: false,
      fallbackUsed: null,
      agentId: call.agentId,
      groupId: call.groupId,
    },
    ...{ startedAt: "2026-01-01T00:00:00.000Z", endedAt: "2026-01-01T00:01:00.000Z", durationSeconds: 42 },
    attempts: [
      { step: 1, result: "busy", agentName: null },
      { step: 2, result: "completed" },
    ],
  });
  const types = record?.timeline.map((entry) => entry.type) ?? [];
  expect([types.length, types[0], types[1], types.at(-1)]).toEqual([12, "session_update", "step", "cdr"]);
});

test("any order, repetition and cut of the same events into batches leaves the same rows", async () => {
  const calls = await newCalls(20);
  const tenant = calls[0]?.tenantId ?? "";
  const events = calls.flatMap(wholeCall);
  await recorder.apply(entriesOf(events, nextPartition()), partitions, 1);
  const expected = await stored(tenant);
  await using other = await openControl();
  const { tenantId: stranger } = await other.newTenant();
  await execute(
    other.database.pool,
    "INSERT INTO tenants (id, name, webhook_key, created_at, updated_at) SELECT ?, name, 'other', created_at, updated_at FROM tenants WHERE id = ?",
    [tenant, stranger],
  );
  for (const seed of [7, 42, 1234]) {
    await execute(other.database.pool, "DELETE FROM call_records WHERE tenant_id = ?", [tenant]);
    await execute(other.database.pool, "DELETE FROM webhook_events WHERE tenant_id = ?", [tenant]);
    const messy = shuffled([...events, ...shuffled(events, seed).slice(0, 80)], seed);
    const entries = entriesOf(messy, seed);
    for (let start = 0; start < entries.length; start += 7)
      await createRecorder(other.database).apply(entries.slice(start, start + 7), seed, 1);
    expect(await stored(tenant, other.database)).toEqual(expected);
  }
});

test("entries at or before the stored position are not stored again", async () => {
  const [call] = await newCalls(1);
  if (!call) throw new Error("no call");
  const entries = entriesOf(wholeCall(call), nextPartition());
  expect(await recorder.apply(entries, partitions, 1)).toEqual({ lastId: "12-0" });
  const before = await stored(call.tenantId);
  expect(await recorder.apply(entries, partitions, 1)).toEqual({ lastId: "12-0" });
  expect(await stored(call.tenantId)).toEqual(before);
  expect((await recorder.positions()).get(partitions)).toBe("12-0");
  expect(await recorder.apply([], partitions, 1)).toEqual({ lastId: "12-0" });
});

test("a recorder whose lock has run out stores nothing more", async () => {
  const [call] = await newCalls(1);
  if (!call) throw new Error("no call");
  const [first, ...rest] = entriesOf(wholeCall(call), nextPartition());
  if (!first) throw new Error("no entry");
  await recorder.apply([first], partitions, 5);
  await expect(recorder.apply(rest, partitions, 4)).rejects.toThrow(FencedError);
  expect((await stored(call.tenantId)).timeline).toHaveLength(1);
  await recorder.apply(rest, partitions, 6);
  expect((await stored(call.tenantId)).timeline).toHaveLength(12);
});

const writtenTables = ["call_records", "call_attempts", "call_sip_ids", "call_events", "webhook_events", "call_rollups", "call_sketches"];

test.each([...writtenTables, "journal_positions"])(
  "killed in its transaction while it writes %s, it stores nothing, and everything once when it tries again",
  async (table) => {
    const calls = await newCalls(30);
    const tenant = calls[0]?.tenantId ?? "";
    const entries = entriesOf(calls.flatMap(wholeCall), nextPartition());
    const partition = partitions;
    const [before, after] = [entries.slice(0, 100), entries.slice(100)];
    await recorder.apply(before, partition, 1);
    const rest = await stored(tenant);

    const { pool } = control.database;
    const moment = table === "journal_positions" ? "UPDATE" : "INSERT";
    await pool.query(`CREATE TRIGGER stop_here BEFORE ${moment} ON ${table} FOR EACH ROW DO SLEEP(15)`);
    const running = recorder.apply(after, partition, 1).then(
      () => "stored",
      () => "failed",
    );
    await killWhatSleeps();
    expect(await running).toBe("failed");
    await pool.query("DROP TRIGGER stop_here");
    expect(await stored(tenant)).toEqual(rest);

    await recorder.apply(after, partition, 1);
    const whole = await stored(tenant);
    expect([whole.records.length, whole.attempts.length, whole.timeline.length, whole.audit.length]).toEqual([30, 60, 360, 360]);
    expect(whole.records.every((record) => record.status === "completed" && record.duration_seconds === 42)).toBe(true);
    const now = Date.now();
    expect(await keptFigures(control.database, tenant, now)).toEqual(await recountOf(control.database, tenant, now));
  },
);

async function killWhatSleeps(): Promise<void> {
  const database = new URL(control.url).pathname.slice(1);
  await vi.waitFor(async () => {
    const sql = "SELECT ID AS id FROM information_schema.PROCESSLIST WHERE DB = ? AND STATE = 'User sleep'";
    const [sleeping] = await rowsOf<{ id: number }>(control.database.pool, sql, [database]);
    if (!sleeping) throw new Error("the recorder has not come so far");
    await execute(control.database.pool, `KILL ${sleeping.id}`);
  }, 60_000);
}

test("of 10,000 entries the two poisonous ones become dead letters, and the rest is stored", async () => {
  const calls = await newCalls(833);
  const events = calls.flatMap(wholeCall);
  const [call] = calls;
  if (!call) throw new Error("no call");
  const senseless = { ...stepOf(call), decision: null } as unknown as JournalEvent;
  const homeless: JournalEvent = { ...stepOf({ ...call, tenantId: tenantId("ten_of_nobody") }), callId: callId("cal_of_nobody") };
  events.splice(5000, 0, senseless);
  events.splice(7777, 0, homeless);
  const entries = entriesOf(events, nextPartition());
  const began = performance.now();
  expect(await recorder.apply(entries, partitions, 1)).toEqual({ lastId: entries.at(-1)?.id });
  process.stdout.write(
    `${entries.length} events with poison among them: ${Math.round(entries.length / ((performance.now() - began) / 1000))} events/s\n`,
  );
  expect((await deadLetters(partitions)).map((row) => row.entry_id)).toEqual([entries[5000]?.id, entries[7777]?.id]);
  const rows = await stored(call.tenantId);
  expect([rows.records.length, rows.timeline.length, rows.attempts.length]).toEqual([833, 833 * 12, 833 * 2]);
});

test("a CDR that names no session finds its call, whichever comes first", async () => {
  const [early, late, never] = await newCalls(3);
  if (!early || !late || !never) throw new Error("no call");
  const partition = nextPartition();
  const apply = (events: JournalEvent[], firstMs: number) => recorder.apply(entriesOf(events, partition, firstMs), partition, 1);
  await apply([namelessCdrOf(early), namelessCdrOf(never), stepOf(late)], 1);
  expect((await stored(early.tenantId)).unmatched).toHaveLength(2);
  await apply([stepOf(early), namelessCdrOf(late)], 100);
  const rows = await stored(early.tenantId);
  expect(rows.records.map((record) => [record.state, record.duration_seconds])).toEqual([
    ["completed", 42],
    ["completed", 42],
  ]);
  expect(rows.unmatched).toEqual([{ sip_call_id: "sip-session-2" }]);
  expect(rows.timeline).toHaveLength(4);
});

test("a CDR that names no session and its call in one batch find each other, in either order", async () => {
  const [one, two] = await newCalls(2);
  if (!one || !two) throw new Error("no call");
  await recorder.apply(entriesOf([namelessCdrOf(one), stepOf(one), stepOf(two), namelessCdrOf(two)], nextPartition()), partitions, 1);
  const rows = await stored(one.tenantId);
  expect(rows.records.map((record) => record.state)).toEqual(["completed", "completed"]);
  expect(rows.unmatched).toEqual([]);
});

test("a claim that was taken back leaves no attempt, before or after it is known", async () => {
  const [before, after] = await newCalls(2);
  if (!before || !after) throw new Error("no call");
  const lost = (call: SimulatedCall): JournalEvent => ({
    type: "superseded",
    tenantId: call.tenantId,
    callId: callOf(call),
    at: call.startedAt + 5000,
    step: 1,
    agentId: call.agentId,
  });
  const local = (call: SimulatedCall): JournalEvent => {
    const other = stepOf({ ...call, agentId: agentId(`agt_${"1".repeat(20)}`) });
    return { ...other, degraded: true };
  };
  const partition = nextPartition();
  await recorder.apply(entriesOf([stepOf(before), lost(after), stepOf(after)], partition), partition, 1);
  await recorder.apply(entriesOf([lost(before)], partition, 50), partition, 1);
  expect((await stored(before.tenantId)).attempts).toEqual([]);
  await recorder.apply(entriesOf([local(before), local(after)], partition, 100), partition, 1);
  const rows = await stored(before.tenantId);
  expect(rows.attempts.map((attempt) => attempt.agent_id)).toEqual([`agt_${"1".repeat(20)}`, `agt_${"1".repeat(20)}`]);
  expect(rows.records.map((record) => record.degraded)).toEqual([1, 1]);
});

test("the webhook audit holds the fields that the door keeps, whole, and nothing that it doesn't", async () => {
  const [call] = await newCalls(1);
  if (!call) throw new Error("no call");
  await recorder.apply(entriesOf([stepOf(call), updateOf(call, "ringing", 10)], nextPartition()), partitions, 1);
  const { audit } = await stored(call.tenantId);
  const kept = [stepOf(call), updateOf(call, "ringing", 10)].map((event) => ("webhook" in event ? event.webhook?.fields : null));
  expect(audit.map(({ fields }) => JSON.parse(String(fields)))).toEqual(expect.arrayContaining(kept));
  expect(audit).toHaveLength(2);
  expect(JSON.stringify(audit)).toMatch(/5550100001|5550109999/);
});

test("events of two tenants in one partition stay with their tenants, also when their sessions are the same", async () => {
  const [[mine], [theirs]] = [await newCalls(1), await newCalls(1)];
  if (!mine || !theirs) throw new Error("no call");
  await recorder.apply(entriesOf([stepOf(mine), stepOf(theirs), cdrOf(theirs, "BUSY", 0)], nextPartition()), partitions, 1);
  expect((await stored(mine.tenantId)).records).toMatchObject([{ state: "routing", session: "session-0" }]);
  expect((await stored(theirs.tenantId)).records).toMatchObject([{ state: "busy", session: "session-0" }]);
  expect(await createCallRecordReads(control.database, mine.tenantId).get(callOf(theirs))).toBeNull();
});

test("24,000 events of 2,000 calls are stored; the rate is printed", async () => {
  const calls = await newCalls(2000);
  const lists = calls.map(wholeCall);
  // As they come: every call a little further, not one call after the other.
  const events = Array.from({ length: 12 }, (_, place) => lists.map((list) => list[place]))
    .flat()
    .filter((event) => event !== undefined);
  const entries: JournalEntry[] = entriesOf(events, nextPartition());
  const began = performance.now();
  await recorder.apply(entries, partitions, 1);
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(`${entries.length} events in ${seconds.toFixed(1)} s: ${Math.round(entries.length / seconds)} events/s\n`);
  const [row] = await rowsOf<{ count: number }>(
    control.database.pool,
    "SELECT COUNT(*) AS count FROM call_records WHERE tenant_id = ? AND status = 'completed'",
    [calls[0]?.tenantId ?? ""],
  );
  expect(row?.count).toBe(2000);
});
