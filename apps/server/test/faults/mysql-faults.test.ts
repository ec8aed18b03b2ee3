/** MySQL frozen, killed and away at the start: the door doesn't notice, and everything is recorded once when it is back. */
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FaultWorld, openFaultWorld, tell } from "./fault-world.ts";
import { dialOf, openPlatform, type Platform } from "./platform.ts";
import { type History, startCalls } from "./played-calls.ts";
import { expectFigures, expectNoFaults, expectRemembered, readRemembered, untilRecorded } from "./remembered.ts";
import type { Store } from "./stores.ts";

/** A door that waited for MySQL would take half a second for each answer; ten times its tail is a net for slow machines only. */
const medianAnswerMs = 250;
const longestAnswerMs = 4_000;

let world: FaultWorld;
let mariadb: Store;
let platform: Platform;
const played: History["calls"] = [];

beforeAll(async () => {
  world = await openFaultWorld({ ownMariadb: true });
  if (!world.mariadb) throw new Error("no MariaDB");
  mariadb = world.mariadb;
  platform = openPlatform(world.server.url, world.tenant);
});
afterAll(async () => {
  await platform.close();
  await world.stop();
});

const outages = [
  { name: "frozen", begin: async () => mariadb.freeze(), end: async () => mariadb.thaw() },
  { name: "killed", begin: () => mariadb.kill(), end: () => mariadb.restart() },
];

test.for(outages)("$name for two seconds: the same answers as ever, and each event stored once", async ({ name, begin, end }) => {
  const seed = randomBytes(4).toString("hex");
  const enough = new AbortController();
  const { history, finished } = startCalls({ platforms: [platform], seed, calls: 10_000, ratePerSecond: 60, signal: enough.signal });
  await expect.poll(() => history.calls.length, { timeout: 60_000 }).toBeGreaterThan(40);
  const answeredBefore = history.answerMs.length;
  await begin();
  // How long the outage lasts is the fault itself.
  await pause(2_000);
  const during = history.answerMs.slice(answeredBefore).sort((a, b) => a - b);
  const median = during[Math.floor(during.length / 2)] ?? Number.NaN;
  expect((await world.server.readiness())?.status).toBe("degraded");
  await end();
  await world.server.until({ status: "ready" });
  enough.abort();
  await finished;
  tell(
    `mysql ${name}, seed ${seed}: ${during.length} answers meanwhile, median ${median.toFixed(1)} ms, slowest of all ${Math.round(history.slowestMs)} ms, each second ${history.slowestBySecond.join(" ")}`,
  );
  expect(history.wrong).toEqual([]);
  expect(median).toBeLessThan(medianAnswerMs);
  expect(history.slowestMs).toBeLessThan(longestAnswerMs);
  played.push(...history.calls);
  await untilRecorded(world);
  await expectRemembered(world, played);
  await expectFigures(world);
  expectNoFaults(world);
});

test("both away at the start: calls are answered with the plans kept on disk, without them refused in CXML", async () => {
  const { server, redis } = world;
  await platform.close();
  await server.stop();
  await Promise.all([mariadb.kill(), redis.kill()]);
  const dataDir = join(world.dir, "server-0");

  await server.replace();
  await server.until({ status: "degraded", redis: false, mysql: false });
  platform = openPlatform(server.url, world.tenant);
  const answer = await platform.ring("cold-start");
  expect(answer?.status).toBe(200);
  expect(answer && dialOf(answer).dialled).toMatch(/^\+1555010010[1-4]$/);
  expect((await platform.update("cold-start", { status: "ringing" }))?.status).toBe(204);
  await platform.close();

  // What was decided locally outlives the process that decided it.
  await server.stop();
  rmSync(join(dataDir, "plans"), { recursive: true });
  await server.replace();
  await server.until({ status: "starting" });
  platform = openPlatform(server.url, world.tenant);
  const refused = await platform.ring("too-cold");
  expect(refused).toMatchObject({ status: 503 });
  expect(refused && dialOf(refused).verb).toBe("Hangup");

  await Promise.all([mariadb.restart(), redis.restart()]);
  await server.until({ status: "ready" });
  await untilRecorded(world);
  const { calls } = await readRemembered(world);
  expect(calls.get("cold-start")).toMatchObject({ degraded: true, status: "ringing" });
  expect(calls.has("too-cold")).toBe(false);
  await expectFigures(world, 1);
});
