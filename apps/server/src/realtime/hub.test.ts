import { LiveInterrupted, ResyncNeeded } from "@switchboard/api/live-errors";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import type { ReadArchive } from "@switchboard/control/journal-archive";
import { createRedisClient } from "@switchboard/execution/client";
import { createJournalReader } from "@switchboard/execution/journal";
import { journalKey, partitionOf, partitions } from "@switchboard/execution/keys";
import { agentId, callId, type TenantId, tenantId } from "@switchboard/routing/ids";
import type { JournalEvent } from "@switchboard/routing/journal-event";
import { type WatchedEntry, watchedOf } from "@switchboard/routing/watched-event";
import { pino } from "pino";
import { expect, test, vi } from "vitest";
import { startOwnRedis } from "../../../../tests/redis-server.ts";
import { createHub } from "./hub.ts";
import { compareJournalIds } from "./journal-id.ts";
import { createTell } from "./tell.ts";

const nobody = { agent: () => null, group: () => null, rule: () => null };
const tenant = tenantId("ten_hub");
const logger = pino({ level: "silent" });

/** Another tenant whose events lie in the same stream. */
const neighbour = (): TenantId => {
  for (let n = 0; ; n += 1) {
    const id = tenantId(`ten_n${n}`);
    if (partitionOf(id) === partitionOf(tenant)) return id;
  }
};

const openHub = async (keptMs = 600_000, archived: () => WatchedEntry[] = () => []) => {
  const redis = await startOwnRedis();
  const open = async (role: "reader" | "jobs") => {
    const client = createRedisClient({ url: redis.url, cluster: false, role });
    await vi.waitFor(() => expect(client.status).toBe("ready"), 60_000);
    return client;
  };
  const [reader, jobs] = [await open("reader"), await open("jobs")];
  const readerOf = (client: typeof jobs) => createJournalReader({ redis: client, onPoison: () => undefined });
  const archive: ReadArchive = async (_tenant, afterId) =>
    archived()
      .filter(({ id }) => compareJournalIds(id, afterId) > 0)
      .slice(0, 7);
  const parts = { archive, partitions, partitionOf, tell: createTell(() => nobody), keptMs, logger };
  const hub = createHub({ ...parts, reader: readerOf(reader), replays: readerOf(jobs) });
  const write = async (event: JournalEvent) =>
    String(await jobs.xadd(journalKey(partitionOf(event.tenantId)), "*", "e", JSON.stringify(event)));
  const close = async () => {
    await hub.stop();
    reader.disconnect();
    jobs.disconnect();
    await redis.stop();
  };
  const trimBefore = async (id: string) => void (await jobs.xtrim(journalKey(partitionOf(tenant)), "MINID", id));
  const wipe = async () => void (await jobs.flushall());
  return { hub, redis, write, trimBefore, wipe, [Symbol.asyncDispose]: close };
};

const health = (cause: string, of = tenant): JournalEvent => ({
  tenantId: of,
  at: Date.now(),
  type: "agent_health",
  agentId: agentId("agt_1"),
  from: "healthy",
  to: "ejected",
  cause,
});

/** Collects what a subscription is given until it is told to stop. */
const collect = (events: AsyncIterable<LiveEvent>) => {
  const seen: LiveEvent[] = [];
  const done = (async () => {
    for await (const event of events) seen.push(event);
  })();
  return { seen, done, causes: () => seen.map((event) => (event.type === "agent.status_changed" ? event.data.cause : event.type)) };
};

test("a subscriber that names an event gets everything after it, old and new, once and in order, while more is written", async () => {
  await using world = await openHub();
  const [first] = [await world.write(health("0"))];
  const total = 2_500;
  const writing = (async () => {
    for (let n = 1; n <= total; n += 1) await world.write(health(String(n)));
  })();
  await vi.waitFor(async () => expect(await world.write(health("noise", neighbour()))).toBeTruthy(), 60_000);
  const stop = new AbortController();
  const subscribed = collect(world.hub.subscribe(tenant, first ?? null, stop.signal));
  await writing;
  await vi.waitFor(() => expect(subscribed.seen).toHaveLength(total), 10_000);
  stop.abort();
  await subscribed.done;
  expect(subscribed.causes()).toEqual(Array.from({ length: total }, (_, n) => String(n + 1)));
});

test("cut anywhere and resumed after the last event, nothing is missing and nothing comes twice", async () => {
  await using world = await openHub();
  let last = await world.write(health("0"));
  const causes: string[] = [];
  for (let n = 1; n <= 300; n += 1) await world.write(health(String(n)));
  while (causes.length < 300) {
    const cut = new AbortController();
    let taken = 0;
    for await (const event of world.hub.subscribe(tenant, last, cut.signal)) {
      if (event.type === "agent.status_changed") causes.push(event.data.cause);
      last = event.id;
      taken += 1;
      if (taken === 37 || causes.length === 300) break;
    }
    cut.abort();
  }
  expect(causes).toEqual(Array.from({ length: 300 }, (_, n) => String(n + 1)));
});

test("what was trimmed from the stream comes from the archive, then the stream, then live: each once and in order", async () => {
  const archived: WatchedEntry[] = [];
  await using world = await openHub(600_000, () => archived);
  const keep = async (from: number, to: number) => {
    const ids: string[] = [];
    for (let n = from; n <= to; n += 1) {
      const event = health(String(n));
      const id = await world.write(event);
      archived.push(watchedOf({ id, event }) ?? expect.fail());
      ids.push(id);
    }
    return ids;
  };
  const early = await keep(0, 60);
  const late = await keep(61, 120);
  await world.trimBefore(late[0] ?? "");
  const stop = new AbortController();
  const subscribed = collect(world.hub.subscribe(tenant, early[0] ?? "", stop.signal));
  await vi.waitFor(() => expect(subscribed.seen).toHaveLength(120), 60_000);
  await keep(121, 140);
  await vi.waitFor(() => expect(subscribed.seen).toHaveLength(140), 60_000);
  stop.abort();
  await subscribed.done;
  expect(subscribed.causes()).toEqual(Array.from({ length: 140 }, (_, n) => String(n + 1)));
});

test("a Redis that was wiped loses nobody what was recorded before", async () => {
  const archived: WatchedEntry[] = [];
  await using world = await openHub(600_000, () => archived);
  const ids: string[] = [];
  for (const cause of ["0", "1", "2"]) {
    const event = health(cause);
    const id = await world.write(event);
    archived.push(watchedOf({ id, event }) ?? expect.fail());
    ids.push(id);
  }
  await world.wipe();
  const stop = new AbortController();
  const subscribed = collect(world.hub.subscribe(tenant, ids[0] ?? "", stop.signal));
  await vi.waitFor(() => expect(subscribed.causes()).toEqual(["1", "2"]), 60_000);
  await world.write(health("3"));
  await vi.waitFor(() => expect(subscribed.causes()).toEqual(["1", "2", "3"]), 60_000);
  stop.abort();
  await subscribed.done;
});

test("while the archive doesn't answer, who needs it is sent away to come again, and who doesn't is served", async () => {
  await using world = await openHub(600_000, () => {
    throw new Error("MySQL is away");
  });
  const [first, second] = [await world.write(health("0")), await world.write(health("1"))];
  await world.write(health("2"));
  await world.trimBefore(second);
  await expect(collect(world.hub.subscribe(tenant, first, new AbortController().signal)).done).rejects.toThrow(LiveInterrupted);
  const stop = new AbortController();
  const served = collect(world.hub.subscribe(tenant, second, stop.signal));
  await vi.waitFor(() => expect(served.causes()).toEqual(["2"]), 60_000);
  stop.abort();
  await served.done;
});

test("without an event named, it begins now, and another tenant of the same stream is not heard", async () => {
  await using world = await openHub();
  await world.write(health("before"));
  const stop = new AbortController();
  const subscribed = collect(world.hub.subscribe(tenant, await world.hub.begin(tenant, null), stop.signal));
  await vi.waitFor(() => expect(world.hub.subscribers()).toBe(1), 60_000);
  await vi.waitFor(async () => {
    await world.write(health("theirs", neighbour()));
    await world.write(health("ours"));
    expect(subscribed.causes()).toContain("ours");
  }, 60_000);
  stop.abort();
  await subscribed.done;
  expect(new Set(subscribed.causes())).toEqual(new Set(["ours"]));
  expect(world.hub.subscribers()).toBe(0);
});

test("an event that is no longer kept sends to a new snapshot; the last event of a quiet night does not", async () => {
  // Everything counts as too old to be kept.
  await using world = await openHub(-60_000);
  const early = await world.write(health("early"));
  const latest = await world.write(health("latest"));
  await expect(collect(world.hub.subscribe(tenant, early, new AbortController().signal)).done).rejects.toThrow(ResyncNeeded);
  const stop = new AbortController();
  const quiet = collect(world.hub.subscribe(tenant, latest, stop.signal));
  await vi.waitFor(async () => {
    await world.write(health("morning"));
    expect(quiet.causes()).toContain("morning");
  }, 60_000);
  stop.abort();
  await quiet.done;
});

test("a second end of the same call is told as an update, live and replayed alike", async () => {
  await using world = await openHub();
  const start = await world.write(health("start"));
  const timeout = (at: number, was: "open" | "over"): JournalEvent => ({
    tenantId: tenant,
    at,
    type: "timeout",
    callId: callId("cal_1"),
    was,
    step: 1,
    evidence: { state: "timeout", rank: 4, source: 1, at, tie: 0 },
  });
  await world.write(timeout(1, "open"));
  await world.write(timeout(2, "over"));
  for (let round = 0; round < 2; round += 1) {
    const stop = new AbortController();
    const told = collect(world.hub.subscribe(tenant, start, stop.signal));
    await vi.waitFor(() => expect(told.causes()).toEqual(["call.ended", "call.updated"]), 60_000);
    stop.abort();
    await told.done;
  }
});

test("when the journal stops answering, subscribers are sent away with a word that says so", async () => {
  await using world = await openHub();
  const subscribed = collect(world.hub.subscribe(tenant, await world.write(health("0")), new AbortController().signal));
  const stopOnceHeard = async () => {
    await vi.waitFor(async () => {
      await world.write(health("x"));
      expect(subscribed.seen.length).toBeGreaterThan(0);
    }, 60_000);
    await world.redis.stop();
  };
  await Promise.all([expect(subscribed.done).rejects.toThrow(LiveInterrupted), stopOnceHeard()]);
});
