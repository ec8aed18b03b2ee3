/** Server processes that are killed, told to stop, or frozen while calls come in. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FaultWorld, openFaultWorld, tell } from "./fault-world.ts";
import { openPlatform, type Platform } from "./platform.ts";
import { startCalls } from "./played-calls.ts";
import { expectFigures, expectNoFaults, expectRemembered, untilRecorded } from "./remembered.ts";

let world: FaultWorld;
let platform: Platform;
beforeAll(async () => {
  world = await openFaultWorld({ ownMariadb: false });
  platform = openPlatform(world.server.url, world.tenant);
});
afterAll(async () => {
  await platform.close();
  await world.stop();
});

test("killed three times at 200 calls/s: what was answered is remembered once, counted once, and no lease is left", async () => {
  const seed = randomBytes(4).toString("hex");
  const enough = new AbortController();
  const { history, finished } = startCalls({ platforms: [platform], seed, calls: 10_000, ratePerSecond: 200, signal: enough.signal });
  for (let kills = 0; kills < 3; kills++) {
    const begun = history.calls.length;
    await expect.poll(() => history.calls.length, { timeout: 20_000 }).toBeGreaterThan(begun + 150);
    await world.server.replace();
    await world.server.until({ status: "ready" });
  }
  enough.abort();
  await finished;
  tell(
    `killed at 200 calls/s, seed ${seed}: ${history.calls.length} calls, ${history.cutOff} requests cut off, slowest answer ${Math.round(history.slowestMs)} ms`,
  );
  expect(history.wrong).toEqual([]);
  await untilRecorded(world);
  await expectRemembered(world, history.calls);
  await expectFigures(world);
  expectNoFaults(world);
}, 60_000);
