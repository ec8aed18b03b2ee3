import { tenantId as asTenantId } from "@switchboard/routing/ids";
import type { JournalEvent } from "@switchboard/routing/journal-event";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openControl } from "../control-fixture.ts";
import { eventsOfCall } from "../recorder/any-calls-fixture.ts";
import { entriesOf } from "../recorder/journal-fixture.ts";
import { pruneRollups } from "./prune-rollups.ts";
import { rebuildAnalytics, unbuiltTenants } from "./rebuild-analytics.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { keptFigures, recountOf } from "./recount-fixture.ts";
import { execute, rowsOf } from "../database/sql.ts";

let control: Awaited<ReturnType<typeof openControl>>;
beforeAll(async () => {
  control = await openControl();
});
afterAll(() => control[Symbol.asyncDispose]());

let opened = 0;
/** A tenant with four agents of two providers, as a copy of none: creating one with a person costs a hash. */
async function openTenant() {
  const { pool } = control.database;
  opened += 1;
  const tenantId = asTenantId(`ten_${String(opened).padStart(20, "0")}`);
  const now = new Date();
  const tenant = "INSERT INTO tenants (id, name, webhook_key, created_at, updated_at) VALUES (?, 'Property', ?, ?, ?)";
  await execute(pool, tenant, [tenantId, `key-${opened}`, now, now]);
  // The fourth is configured no more.
  for (const number of [0, 1, 2])
    await execute(
      pool,
      "INSERT INTO voice_agents (tenant_id, id, name, provider, service_value, metadata, created_at, updated_at) VALUES (?, ?, ?, ?, 'x', '{}', ?, ?)",
      [tenantId, `agt_${String(number).padStart(20, "0")}`, `Agent ${number}`, number === 0 ? "vapi" : "retell", now, now],
    );
  const partition = opened;
  const recorder = createRecorder(control.database);
  let written = 0;
  const record = async (events: JournalEvent[]) => {
    await recorder.apply(entriesOf(events, partition, written + 1), partition, 1);
    written += events.length;
  };
  return { tenantId, partition, record };
}

/** In any order, some of them again, cut into batches of any size. */
const delivered = (events: JournalEvent[]) =>
  fc.record({
    order: fc.shuffledSubarray([...events, ...events], { minLength: events.length }),
    again: fc.shuffledSubarray(events, { minLength: events.length }),
    batch: fc.integer({ min: 1, max: 12 }),
  });

const seed = Date.now() % 1_000_000;

test("the figures are a recount of the records, whatever is said of calls, in whatever order, how often and how late", async () => {
  const nowMs = Date.now();
  process.stdout.write(`seed ${seed}\n`);
  let events = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.gen(), async (calls, gen) => {
      const { tenantId, record } = await openTenant();
      const isExact = async () =>
        expect(await keptFigures(control.database, tenantId, nowMs)).toEqual(await recountOf(control.database, tenantId, nowMs));
      const all = Array.from({ length: calls }, (_, index) => gen(eventsOfCall, tenantId, `session-${index}`, nowMs)).flat();
      const { order, again, batch } = gen(delivered, all);
      for (const sent of [order, again]) {
        for (let start = 0; start < sent.length; start += batch) await record(sent.slice(start, start + batch));
        await isExact();
      }
      events += order.length + again.length;
    }),
    { numRuns: 25, seed, endOnFailure: true },
  );
  process.stdout.write(`${events} events\n`);
});

const never = new AbortController().signal;

test("made anew from the records while more is recorded, the figures are those of the records", async () => {
  const nowMs = Date.now();
  const { tenantId, partition, record } = await openTenant();
  const calls = fc.sample(fc.tuple(...Array.from({ length: 120 }, (_, index) => eventsOfCall(tenantId, `session-${index}`, nowMs))), {
    numRuns: 1,
    seed,
  });
  const [before, after] = [calls.flat(2).filter((_, index) => index % 2 === 0), calls.flat(2).filter((_, index) => index % 2 === 1)];
  await record(before);
  const { pool } = control.database;
  // What a version without figures leaves, and what nobody could explain.
  await execute(pool, "DELETE FROM call_rollups WHERE tenant_id = ? AND size <> 'minute'", [tenantId]);
  await execute(pool, "UPDATE call_rollups SET calls = calls + 3, seconds = 7, id = CONCAT(id, 'x') WHERE tenant_id = ?", [tenantId]);
  await execute(pool, "UPDATE call_sketches SET decision_ms = '{\"1\":9}' WHERE tenant_id = ?", [tenantId]);
  await execute(pool, "UPDATE rule_hits SET last_at = '2001-01-01' WHERE tenant_id = ?", [tenantId]);
  expect(await unbuiltTenants(control.database)).toEqual([tenantId]);

  const days: string[] = [];
  const onDay = (day: Date) => void days.push(day.toISOString());
  const recording = (async () => {
    for (let start = 0; start < after.length; start += 5) await record(after.slice(start, start + 5));
  })();
  const counted = await rebuildAnalytics(control.database, { tenantId, partition }, { onDay, signal: never });
  await recording;
  expect(await keptFigures(control.database, tenantId, nowMs)).toEqual(await recountOf(control.database, tenantId, nowMs));
  expect(days.length).toBeGreaterThan(1);
  expect(days).toEqual(days.toSorted().toReversed());
  expect(counted).toBeGreaterThan(50);
  expect(await unbuiltTenants(control.database)).toEqual([]);
});

test("a rebuild leaves alone what calls were that have been deleted since", async () => {
  const nowMs = Date.now();
  const { tenantId, partition, record } = await openTenant();
  const { pool } = control.database;
  const events = fc.sample(eventsOfCall(tenantId, "session-0", nowMs), { numRuns: 1, seed: 1 }).flat();
  const daysAgo = (days: number) => new Date(Math.floor(nowMs / 86_400_000 - days) * 86_400_000);
  await record(events);
  const old =
    "INSERT INTO call_rollups (tenant_id, dimension, size, start_at, id, calls, answered, timed, seconds, failed_over, fallback) VALUES ";
  await execute(pool, `${old} (?, 'total', 'day', ?, '', 5, 5, 5, 50, 0, 0)`, [tenantId, daysAgo(900)]);
  const [record1] = await rowsOf<{ started_at: Date }>(pool, "SELECT started_at FROM call_records WHERE tenant_id = ?", [tenantId]);
  const day = new Date(Math.floor((record1?.started_at.getTime() ?? 0) / 86_400_000) * 86_400_000);
  // Of this day's calls only one is left.
  await execute(pool, "UPDATE call_rollups SET calls = 9 WHERE tenant_id = ? AND dimension = 'total' AND start_at = ?", [tenantId, day]);
  await rebuildAnalytics(control.database, { tenantId, partition }, { onDay: () => {}, signal: never });
  const totals = "SELECT start_at, calls FROM call_rollups WHERE tenant_id = ? AND dimension = 'total' AND size = 'day' ORDER BY start_at";
  expect(await rowsOf(pool, totals, [tenantId])).toEqual([
    { start_at: daysAgo(900), calls: 5 },
    { start_at: day, calls: 9 },
  ]);
});

test("minutes and hours that are kept no longer are forgotten, whatever their number, days never", async () => {
  const nowMs = Date.now();
  // What other tests left.
  await pruneRollups(control.database, nowMs, never);
  const { tenantId } = await openTenant();
  const { pool } = control.database;
  const hour = 3_600_000;
  const insert = async (size: string, hoursAgo: number, rows: number) => {
    const start = new Date(Math.floor(nowMs / hour - hoursAgo) * hour);
    for (let done = 0; done < rows; done += 500) {
      const some = Array.from({ length: Math.min(500, rows - done) }, (_, index) => [tenantId, "rule", size, start, `rul_${done + index}`]);
      const marks = some.map(() => "(?, ?, ?, ?, ?, 1, 0, 0, 0, 0, 0)").join(",");
      await execute(
        pool,
        `INSERT INTO call_rollups (tenant_id, dimension, size, start_at, id, calls, answered, timed, seconds, failed_over, fallback) VALUES ${marks}`,
        some.flat(),
      );
    }
    const sketch = "INSERT INTO call_sketches (tenant_id, size, start_at, decision_ms, ring_seconds) VALUES (?, ?, ?, '{}', '{}')";
    await execute(pool, sketch, [tenantId, size, start]);
  };
  for (const [size, hoursAgo, rows] of [
    ["minute", 50, 2500],
    ["minute", 46, 3],
    ["hour", 9605, 1],
    ["hour", 9595, 1],
    ["day", 20_000, 1],
  ] as const)
    await insert(size, hoursAgo, rows);
  expect(await pruneRollups(control.database, nowMs, never)).toBe(2500 + 1 + 2);
  const left = async (table: string) =>
    await rowsOf(pool, `SELECT size, COUNT(*) AS count FROM ${table} WHERE tenant_id = ? GROUP BY size ORDER BY size`, [tenantId]);
  expect(await left("call_rollups")).toEqual([
    { size: "day", count: 1 },
    { size: "hour", count: 1 },
    { size: "minute", count: 3 },
  ]);
  expect(await left("call_sketches")).toEqual(["day", "hour", "minute"].map((size) => ({ size, count: 1 })));
});
