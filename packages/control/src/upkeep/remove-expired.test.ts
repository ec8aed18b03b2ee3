/** What is older than a tenant keeps is gone, what is younger stays, and what the calls added up to stays for ever. */
import { agentId, groupId, type TenantId } from "@switchboard/routing/ids";
import type { JournalEvent } from "@switchboard/routing/journal-event";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openControl } from "../control-fixture.ts";
import { cdrOf, entriesOf, type SimulatedCall, wholeCall } from "../recorder/journal-fixture.ts";
import { createKeepOut } from "../erasures/keep-out.ts";
import { rebuildAnalytics, unbuiltTenants } from "../figures/rebuild-analytics.ts";
import { createRecorder } from "../recorder/recorder.ts";
import { type Expiring, removeExpired } from "./remove-expired.ts";
import { cutoffsOf } from "./retention-cutoffs.ts";
import { execute, rowsOf } from "../database/sql.ts";

let control: Awaited<ReturnType<typeof openControl>>;
beforeAll(async () => {
  control = await openControl();
});
afterAll(() => control[Symbol.asyncDispose]());

const day = 86_400_000;
const nowMs = Date.UTC(2026, 10, 30, 12);
const never = new AbortController().signal;
const ago = (days: number) => nowMs - days * day;

const callOf = (tenantId: TenantId, session: string, startedAt: number): SimulatedCall => ({
  ...{ tenantId, session, startedAt },
  agentId: agentId("agt_00000000000000000000"),
  groupId: groupId("grp_00000000000000000000"),
});

let partitions = 0;
const openTenant = async () => {
  const { tenantId } = await control.newTenant();
  const partition = (partitions += 1);
  const recorder = createRecorder(control.database, createKeepOut(control.keyRing));
  let written = 0;
  const record = async (events: JournalEvent[]) => {
    await recorder.apply(entriesOf(events, partition, written + 1), partition, 1);
    written += events.length;
  };
  return { tenantId, partition, record };
};

const countOf = async (table: string, tenantId: string): Promise<number> =>
  (await rowsOf<{ rows: number }>(control.database.pool, `SELECT COUNT(*) AS \`rows\` FROM ${table} WHERE tenant_id = ?`, [tenantId]))[0]
    ?.rows ?? 0;

/** What is kept for ever; the hours are those of a rebuild, and forgotten by age. */
const figuresOf = (tenantId: string) =>
  rowsOf(
    control.database.pool,
    "SELECT * FROM call_rollups WHERE tenant_id = ? AND size IN ('day', '7days') AND calls <> 0 ORDER BY dimension, size, start_at, id",
    [tenantId],
  );

const removed = async (signal = never) => {
  const counts: Partial<Record<Expiring, number>> = {};
  await removeExpired(control.database, { nowMs, signal, onRemoved: (what, rows) => void (counts[what] = (counts[what] ?? 0) + rows) });
  return counts;
};

test("records go by whole days after the months of the calendar, webhooks after their days", () => {
  const cutoffs = (months: number, at: number) =>
    new Date(cutoffsOf({ payloadDays: 14, recordMonths: months }, at).recordsFrom).toISOString();
  expect(cutoffs(13, nowMs)).toBe("2025-10-30T00:00:00.000Z");
  expect(cutoffs(9, nowMs)).toBe("2026-02-28T00:00:00.000Z");
  expect(cutoffs(1, Date.UTC(2026, 2, 31, 23))).toBe("2026-02-28T00:00:00.000Z");
  expect(cutoffsOf({ payloadDays: 3, recordMonths: 1 }, nowMs).payloadsFrom).toBe(ago(3));
});

test("old calls go with all that hangs on them, their figures stay, also through a rebuild and after late words about them", async () => {
  const { tenantId, partition, record } = await openTenant();
  const keeper = await openTenant();
  const { pool } = control.database;
  await execute(pool, "UPDATE tenants SET record_months = 24, payload_days = 365 WHERE id = ?", [keeper.tenantId]);
  // Of the last day that goes and of the first that stays, and more than one batch of old ones.
  const edge = cutoffsOf({ payloadDays: 14, recordMonths: 13 }, nowMs).recordsFrom;
  const old = Array.from({ length: 230 }, (_, index) => callOf(tenantId, `old-${index}`, ago(500) + index * 60_000));
  const last = callOf(tenantId, "last", edge - 120_000);
  const young = [callOf(tenantId, "first", edge + 60_000), callOf(tenantId, "young", ago(20)), callOf(tenantId, "new", ago(1))];
  for (const call of [...old, last, ...young]) await record(wholeCall(call));
  await keeper.record(wholeCall(callOf(keeper.tenantId, "kept", ago(500))));
  const figures = await figuresOf(tenantId);
  const [events, webhooks] = [await countOf("call_events", tenantId), await countOf("webhook_events", tenantId)];

  const stopped = new AbortController();
  stopped.abort();
  expect(await removed(stopped.signal)).toEqual({});
  const counts = await removed();
  // Nobody keeps webhooks for 500 days: the other tenant's call keeps its record alone.
  const ofOneCall = webhooks / 234;
  expect(counts).toMatchObject({ call_records: 231, webhook_events: ofOneCall * 233 + ofOneCall });
  expect(counts.dials_by_day).toBeGreaterThan(0);
  const left = await rowsOf<{ session: string }>(pool, "SELECT session FROM call_records WHERE tenant_id = ? ORDER BY started_at", [
    tenantId,
  ]);
  expect(left.map(({ session }) => session)).toEqual(["first", "young", "new"]);
  expect(await countOf("call_events", tenantId)).toBe((events / 234) * 3);
  expect([await countOf("call_attempts", tenantId), await countOf("call_sip_ids", tenantId)]).toEqual([6, 3]);
  expect([await countOf("call_records", keeper.tenantId), await countOf("webhook_events", keeper.tenantId)]).toEqual([1, 0]);
  expect(await figuresOf(tenantId)).toEqual(figures);
  expect(await removed()).toEqual({});

  // Said again, and told otherwise: neither makes a call of what is gone.
  await record([cdrOf(last), cdrOf(old[0] ?? last, "ANSWER", 99)]);
  expect(await countOf("call_records", tenantId)).toBe(3);
  expect(await figuresOf(tenantId)).toEqual(figures);
  expect(await unbuiltTenants(control.database)).toEqual([]);
  await rebuildAnalytics(control.database, { tenantId, partition }, { onDay: () => {}, signal: never });
  expect(await figuresOf(tenantId)).toEqual(figures);
  // One that came back all the same is no reason to count its day anew.
  await execute(pool, "UPDATE call_records SET started_at = ? WHERE tenant_id = ? AND session = 'first'", [new Date(ago(499)), tenantId]);
  await rebuildAnalytics(control.database, { tenantId, partition }, { onDay: () => {}, signal: never });
  const days = async () => (await figuresOf(tenantId)).filter((row) => Reflect.get(Object(row), "start_at") < new Date(edge));
  expect(await days()).toEqual(figures.filter((row) => Reflect.get(Object(row), "start_at") < new Date(edge)));
});

test("webhooks, CDRs without a call, dead letters and ended sign-ins go by their own age", async () => {
  // What other tests left.
  await removed();
  const { tenantId } = await openTenant();
  const { pool } = control.database;
  const at = (days: number) => new Date(ago(days));
  for (const [days, name] of [
    [13, "young"],
    [15, "old"],
  ] as const) {
    await execute(
      pool,
      "INSERT INTO webhook_answers (tenant_id, received_at, kind, call_id, status, took_us) VALUES (?, ?, 'cdr', ?, 204, 1)",
      [tenantId, at(days), name],
    );
    await execute(
      pool,
      "INSERT INTO webhook_refusals (tenant_id, id, at, kind, status, times, took_us) VALUES (?, UNHEX(MD5(?)), ?, 'cdr', 401, 1, 1)",
      [tenantId, name, at(days)],
    );
    await execute(
      pool,
      "INSERT INTO unmatched_cdrs (tenant_id, sip_call_id, dedupe, event, received_at) VALUES (?, ?, UNHEX(MD5(?)), '{}', ?)",
      [tenantId, name, name, at(days)],
    );
    for (const of of [tenantId, "nobody"])
      await execute(
        pool,
        "INSERT INTO dead_letters (`partition`, entry_id, tenant_id, event, error, created_at) VALUES (1, ?, ?, '{}', '', ?)",
        [`${name} ${of}`, of, at(days)],
      );
  }
  expect(await removed()).toEqual({ webhook_answers: 1, webhook_refusals: 1, unmatched_cdrs: 1, dead_letters: 2 });
  for (const table of ["webhook_answers", "webhook_refusals", "unmatched_cdrs", "dead_letters"])
    expect(await countOf(table, tenantId)).toBe(1);
});
