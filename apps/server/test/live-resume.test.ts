/** Whoever comes back to live events, soon or late, has missed nothing and gets nothing twice. */
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import { writeArchive } from "@switchboard/control/journal-archive";
import { execute, rowsOf } from "@switchboard/control/sql";
import { createRedisClient } from "@switchboard/execution/client";
import { createJournalReader } from "@switchboard/execution/journal";
import { journalKey, partitionOf } from "@switchboard/execution/keys";
import type { JournalEntry } from "@switchboard/routing/journal-event";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { compareJournalIds } from "../src/realtime/journal-id.ts";
import { follow, openOperators, openSse, type Operators, playCallOn } from "./operators.ts";
import type { TestTenant } from "./test-server.ts";

let world: Operators;
beforeAll(async () => {
  world = await openOperators();
});
afterAll(() => world.stop());

type PlayCall = Operators["playCall"];

/** So many calls, ten at a time. */
const playCalls = async (
  tenant: TestTenant,
  count: number,
  play: PlayCall = world.playCall,
  after: (done: number) => unknown = () => 0,
) => {
  for (let done = 0; done < count; done += 10) {
    await Promise.all(Array.from({ length: 10 }, async () => (await play(tenant)).end()));
    after(done + 10);
  }
};
const ends = (events: readonly LiveEvent[]) => events.flatMap((event) => (event.type === "call.ended" ? [event.data.callId] : []));
/** What may not be coalesced. */
const lasting = (events: readonly LiveEvent[]) => events.filter(({ type }) => type !== "call.updated");
const expectEachOnceInOrder = (events: readonly LiveEvent[]) => {
  const ids = events.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(ids.toSorted(compareJournalIds));
};
const later = { timeout: 60_000, interval: 100 };

test("Socket cut during 1,000 events: none lost, none twice", async () => {
  const { own } = world.tenants;
  await using person = await world.signIn(own);
  await using steady = await world.signIn(own);
  const { cursor } = await person.api.analytics.liveCalls.query();
  const [cut, whole] = [follow(person.api, cursor), follow(steady.api, cursor)];
  const sockets = new Set<unknown>();
  await playCalls(own, 250, world.playCall, () => {
    const { connection } = person.socket;
    sockets.add(connection?.ws);
    connection?.ws.close();
  });
  await vi.waitFor(() => expect([ends(cut.events).length, ends(whole.events).length]).toEqual([250, 250]), later);
  const journaled = await entriesOf(own);
  expect(journaled.length).toBeGreaterThanOrEqual(1_000);
  expect(sockets.size).toBeGreaterThan(5);
  expectEachOnceInOrder(cut.events);
  expect(lasting(cut.events)).toEqual(lasting(whole.events));
  cut.stop();
  whole.stop();
});

test("a snapshot and the events behind its cursor leave no gap and no repetition, whenever it is taken", async () => {
  const { other } = world.tenants;
  await using person = await world.signIn(other);
  const views: { inSnapshot: Set<string>; followed: ReturnType<typeof follow> }[] = [];
  const begin = await person.api.analytics.liveCalls.query();
  const all = follow(person.api, begin.cursor);
  const look = async () => {
    const { calls, cursor } = await person.api.analytics.liveCalls.query();
    views.push({ inSnapshot: new Set(calls.map(({ id }) => id)), followed: follow(person.api, cursor) });
  };
  const looks: Promise<void>[] = [];
  await playCalls(other, 100, world.playCall, () => void looks.push(look()));
  await Promise.all(looks);
  const last = await world.playCall(other);
  await last.end();
  const endOfAll = () => ends(all.events).length;
  await vi.waitFor(() => expect(endOfAll()).toBe(101), later);
  const lastEnded = ends(all.events).at(-1) ?? "";
  for (const { inSnapshot, followed } of views) {
    await vi.waitFor(() => expect(ends(followed.events)).toContain(lastEnded), later);
    expectEachOnceInOrder(followed.events);
    const started = followed.events.flatMap((event) => (event.type === "call.started" ? [event.data.callId] : []));
    // Whoever is in the picture does not start again, and whoever ends was in it or has started since.
    expect(started.filter((id) => inSnapshot.has(id))).toEqual([]);
    expect(new Set(ends(followed.events))).toEqual(new Set([...inSnapshot, ...started]));
    followed.stop();
  }
  all.stop();
});

test("calls that another process answers are told here, and resumed after there", async () => {
  const { own } = world.tenants;
  const another = await world.startAnother();
  await using person = await world.signIn(own);
  const { cursor } = await person.api.analytics.liveCalls.query();
  const here = follow(person.api, cursor);
  await playCalls(own, 20, playCallOn(another.app));
  await vi.waitFor(() => expect(ends(here.events)).toHaveLength(20), later);
  const base = await another.app.listen({ host: "127.0.0.1", port: 0 });
  await using there = world.openClientTo(base, person.token);
  const resumed = follow(there.api, cursor);
  await vi.waitFor(() => expect(ends(resumed.events)).toHaveLength(20), later);
  expect(lasting(resumed.events)).toEqual(lasting(here.events));
  here.stop();
  resumed.stop();
});

/** All of a tenant's journal that the stream holds. */
const entriesOf = async ({ tenantId }: TestTenant): Promise<JournalEntry[]> => {
  const redis = createRedisClient({ url: world.redis.url, cluster: false, role: "jobs" });
  await vi.waitFor(() => expect(redis.status).toBe("ready"), 60_000);
  const reader = createJournalReader({ redis, onPoison: () => undefined });
  const entries = await reader.read(new Map([[partitionOf(tenantId), "0-0"]]), { blockMs: 1, count: 100_000 });
  redis.disconnect();
  return entries.filter(({ event }) => event.tenantId === tenantId);
};

/** As if everything so far had happened so many minutes ago: gone from the stream, its ids as old as that. */
const backDate = async (tenant: TestTenant, minutes: number): Promise<(id: string) => string> => {
  const { tenantId } = tenant;
  const { pool } = world.database;
  const entries = await entriesOf(tenant);
  const isArchived = async () =>
    rowsOf<{ n: number }>(pool, "SELECT COUNT(*) n FROM journal_archive WHERE tenant_id = ? AND last_ms >= ?", [
      tenantId,
      Number(entries.at(-1)?.id.split("-")[0]),
    ]);
  await vi.waitFor(async () => expect((await isArchived())[0]?.n).toBeGreaterThan(0), later);
  const older = (id: string) => id.replace(/^\d+/, (ms) => String(Number(ms) - minutes * 60_000));
  await execute(pool, "DELETE FROM journal_archive WHERE tenant_id = ?", [tenantId]);
  await writeArchive(
    pool,
    entries.map((entry) => ({ ...entry, id: older(entry.id) })),
  );
  const redis = createRedisClient({ url: world.redis.url, cluster: false, role: "jobs" });
  await vi.waitFor(() => expect(redis.status).toBe("ready"), 60_000);
  await redis.xtrim(journalKey(partitionOf(tenantId)), "MAXLEN", 0);
  redis.disconnect();
  return older;
};

test("back after twenty minutes, with the stream trimmed long ago: everything since, then what happens now", async () => {
  const { watcher } = world.tenants;
  await using person = await world.signIn(watcher);
  const { cursor } = await person.api.analytics.liveCalls.query();
  const before = follow(person.api, cursor);
  await playCalls(watcher, 150);
  await vi.waitFor(() => expect(ends(before.events)).toHaveLength(150), later);
  before.stop();
  const older = await backDate(watcher, 20);

  const [first] = before.events;
  const back = follow(person.api, older(first?.id ?? ""));
  await vi.waitFor(() => expect(ends(back.events)).toHaveLength(150), later);
  await playCalls(watcher, 10);
  await vi.waitFor(() => expect(ends(back.events)).toHaveLength(160), later);
  expectEachOnceInOrder(back.events);
  const expected = lasting(before.events.slice(1)).map(({ id, type, data }) => ({ id: older(id), type, data }));
  expect(lasting(back.events).slice(0, expected.length)).toMatchObject(expected);
  back.stop();

  // While MySQL does not answer, whoever needs it is told so, tries again by himself, and has missed nothing.
  await using again = await world.signIn(watcher);
  const locked = await world.database.backgroundPool.getConnection();
  await locked.query("LOCK TABLES journal_archive WRITE");
  const patient = follow(openSse(world.base, again.token).api, older(first?.id ?? ""));
  await vi.waitFor(() => expect(patient.interruption()).toBe("SERVICE_UNAVAILABLE"), later);
  expect(patient.events).toEqual([]);
  await locked.query("UNLOCK TABLES");
  await locked.release();
  await vi.waitFor(() => expect(ends(patient.events)).toHaveLength(160), later);
  expect(lasting(patient.events)).toEqual(lasting(back.events));
  patient.stop();
});

test("back after more than an hour: sent to a new snapshot", async () => {
  await using person = await world.signIn(world.tenants.own);
  await (await world.playCall(world.tenants.own)).end();
  const told = follow(person.api, `${Date.now() - 3_700_000}-0`);
  await vi.waitFor(() => expect(told.failure()).toBe("PRECONDITION_FAILED"), 60_000);
});
