/** Redis frozen, killed, wiped, read-only and full while calls come in: every call is answered, and nothing is forgotten. */
import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FaultWorld, openFaultWorld, tell } from "./fault-world.ts";
import { sweepHoursLater } from "./later-sweep.ts";
import { openPlatform, type Platform } from "./platform.ts";
import { type History, startCalls } from "./played-calls.ts";
import { expectFigures, expectNoFaults, expectRemembered, readRemembered, untilRecorded } from "./remembered.ts";

/** Ten times what is promised while the breaker learns: two slow cores must not look like a fault. */
const longestAnswerMs = 4_000;

let world: FaultWorld;
let platform: Platform;
const played: History["calls"] = [];

beforeAll(async () => {
  world = await openFaultWorld({ ownMariadb: false });
  platform = openPlatform(world.server.url, world.tenant);
});
afterAll(async () => {
  await platform.close();
  await world.stop();
});

/** Calls come in before, during and after the fault; Redis decides again before it ends. */
const playThrough = async (name: string, fault: { begin: () => Promise<unknown>; end: () => Promise<unknown>; lastsMs: number }) => {
  const seed = randomBytes(4).toString("hex");
  const enough = new AbortController();
  const { history, finished } = startCalls({ platforms: [platform], seed, calls: 10_000, ratePerSecond: 60, signal: enough.signal });
  await expect.poll(() => history.calls.length, { timeout: 60_000 }).toBeGreaterThan(60);
  await fault.begin();
  await world.server.until({ redis: false }, 10_000);
  // How long the outage lasts is the fault itself.
  await pause(fault.lastsMs);
  const learntMs = history.slowestMs;
  await fault.end();
  await world.server.until({ redis: true, status: "ready" });
  const back = history.calls.length;
  await expect.poll(() => history.calls.length, { timeout: 60_000 }).toBeGreaterThan(back + 30);
  enough.abort();
  await finished;
  played.push(...history.calls);
  tell(
    `redis ${name}, seed ${seed}: ${history.calls.length} calls, slowest answer ${Math.round(learntMs)} ms, each second ${history.slowestBySecond.join(" ")}`,
  );
  expect(history.wrong).toEqual([]);
  expect(history.cutOff).toBe(0);
  expect(history.slowestMs).toBeLessThan(longestAnswerMs);
  await untilRecorded(world);
  await expectRemembered(world, played);
  await expectFigures(world);
  expectNoFaults(world);
};

test("frozen for five seconds", async () => {
  const { redis } = world;
  await playThrough("frozen", { begin: async () => redis.freeze(), end: async () => redis.thaw(), lastsMs: 5_000 });
});

test("killed and brought back", async () => {
  const { redis } = world;
  await playThrough("killed", { begin: redis.kill, end: redis.restart, lastsMs: 1_000 });
});

test("read-only", async () => {
  const { look } = world;
  await playThrough("read-only", {
    begin: () => look.call("REPLICAOF", "127.0.0.1", "1"),
    end: () => look.call("REPLICAOF", "NO", "ONE"),
    lastsMs: 500,
  });
});

test("full", async () => {
  const { look } = world;
  const limit = (bytes: string) => look.call("CONFIG", "SET", "maxmemory", bytes);
  await playThrough("full", { begin: () => limit("1"), end: () => limit("0"), lastsMs: 500 });
});

/** What Redis had not told the recorder yet is lost with it; what the platform says later brings some of it back. */
const forgottenMs = 2_000;

test("wiped: figures are rebuilt from MySQL and nothing counts twice", async () => {
  const seed = randomBytes(4).toString("hex");
  const enough = new AbortController();
  const { history, finished } = startCalls({ platforms: [platform], seed, calls: 10_000, ratePerSecond: 100, signal: enough.signal });
  const wipes: number[] = [];
  for (const _ of ["once", "again"]) {
    const before = history.calls.length;
    await expect.poll(() => history.calls.length, { timeout: 60_000 }).toBeGreaterThan(before + 100);
    wipes.push(performance.now());
    const rebuilt = world.server.log().split("figures_rebuilt").length;
    await world.look.call("FLUSHALL");
    await expect.poll(() => world.server.log().split("figures_rebuilt").length, { timeout: 60_000 }).toBe(rebuilt + 1);
    tell(`redis wiped, seed ${seed}: rebuilt after ${Math.round(performance.now() - (wipes.at(-1) ?? 0))} ms`);
    await world.server.until({ status: "ready" });
  }
  enough.abort();
  await finished;
  tell(
    `redis wiped: ${history.calls.length} calls, slowest answer ${Math.round(history.slowestMs)} ms, each second ${history.slowestBySecond.join(" ")}`,
  );
  expect(history.wrong).toEqual([]);
  expect(history.slowestMs).toBeLessThan(longestAnswerMs);
  await untilRecorded(world);
  const touched = ({ begunAt }: { begunAt: number }) => wipes.some((at) => begunAt > at - forgottenMs && begunAt < at + forgottenMs);
  const { calls } = await readRemembered(world);
  const certain = [...played, ...history.calls.filter((call) => !touched(call))];
  await expectRemembered(world, certain, { alsoThere: history.calls.filter((call) => touched(call) && calls.has(call.session)).length });
  // Of a call whose end was wiped nothing more is heard.
  tell(`redis wiped: ${await sweepHoursLater(world)} leases and calls were left to the sweep`);
  await untilRecorded(world);
  await expectFigures(world);
  expectNoFaults(world);
});
