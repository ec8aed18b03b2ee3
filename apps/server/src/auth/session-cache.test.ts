import type { Actor } from "@switchboard/api/actor";
import { tenantId, userId } from "@switchboard/routing/ids";
import { expect, test, vi } from "vitest";
import { createSessionCache } from "./session-cache.ts";

const actor: Actor = {
  userId: userId("usr_1"),
  tenantId: tenantId("ten_1"),
  email: "ada@acme.example",
  role: "admin",
  sessionId: "ses_1",
};
const subject = { tenantId: actor.tenantId, sessionId: "ses_1" };

const open = () => {
  const clock = { ms: 0 };
  const database: { sessions: Map<string, Actor>; away: boolean; reads: number } = {
    sessions: new Map([["ses_1", actor]]),
    away: false,
    reads: 0,
  };
  const cache = createSessionCache({
    now: () => clock.ms,
    loadSessions: async (ids) => {
      database.reads += 1;
      if (database.away) throw new Error("away");
      return new Map([...database.sessions].filter(([id]) => ids.includes(id)));
    },
  });
  return { cache, clock, database, [Symbol.dispose]: cache.stop };
};

test("a session is asked for once in a moment, and its end is known within a second", async () => {
  using world = open();
  const { cache, clock, database } = world;
  for (let n = 0; n < 50; n += 1) expect(await cache.get(subject)).toEqual(actor);
  expect(database.reads).toBe(1);
  database.sessions.clear();
  clock.ms += 1_000;
  expect(await cache.get(subject)).toBeNull();
});

test("a token that names another tenant's session is nobody's", async () => {
  using world = open();
  expect(await world.cache.get({ ...subject, tenantId: tenantId("ten_2") })).toBeNull();
});

test("while the database is away, one that was in force a minute ago still is; what isn't known is an outage, never nobody", async () => {
  using world = open();
  const { cache, clock, database } = world;
  await cache.get(subject);
  database.away = true;
  clock.ms += 59_000;
  expect(await cache.get(subject)).toEqual(actor);
  await expect(cache.get({ ...subject, sessionId: "ses_2" })).rejects.toThrow("away");
  clock.ms += 2_000;
  await expect(cache.get(subject)).rejects.toThrow("away");
});

test("whoever watches hears of an end at once here, within a second from elsewhere, and of a changed role", async () => {
  using world = open();
  const { cache, database } = world;
  await cache.get(subject);
  const stop = new AbortController();
  const here = cache.ended(actor, stop.signal);
  cache.end("ses_1");
  expect(here.aborted).toBe(true);

  const elsewhere = cache.ended(actor, stop.signal);
  database.sessions.clear();
  await vi.waitFor(() => expect(elsewhere.aborted).toBe(true), 1_000);

  database.sessions.set("ses_2", { ...actor, sessionId: "ses_2" });
  await cache.get({ ...subject, sessionId: "ses_2" });
  const demoted = cache.ended({ sessionId: "ses_2", role: "admin" }, stop.signal);
  database.sessions.set("ses_2", { ...actor, sessionId: "ses_2", role: "user" });
  await vi.waitFor(() => expect(demoted.aborted).toBe(true), 1_500);
});

test("whoever watches hears of a changed role also when somebody else's question has noticed it first", async () => {
  using world = open();
  const { cache, clock, database } = world;
  const demoted = cache.ended((await cache.get(subject)) ?? expect.fail(), new AbortController().signal);
  database.sessions.set("ses_1", { ...actor, role: "user" });
  clock.ms += 1_000;
  expect(await cache.get(subject)).toMatchObject({ role: "user" });
  await vi.waitFor(() => expect(demoted.aborted).toBe(true), 1_500);
});

test("an outage of the database ends nobody's session", async () => {
  using world = open();
  const { cache, database } = world;
  await cache.get(subject);
  database.away = true;
  const watched = cache.ended(actor, new AbortController().signal);
  const before = database.reads;
  await vi.waitFor(() => expect(database.reads).toBeGreaterThan(before + 1), 3_000);
  expect(watched.aborted).toBe(false);
});
