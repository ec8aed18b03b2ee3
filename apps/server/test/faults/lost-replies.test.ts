/** Claims that ran in Redis but whose answer never came back: the caller is answered, and the lost claim is undone. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import { type FaultWorld, openFaultWorld, tell } from "./fault-world.ts";
import { openPlatform, type Platform } from "./platform.ts";
import { type History, startCalls } from "./played-calls.ts";
import { expectFigures, expectNoFaults, expectRemembered, readRemembered, untilRecorded } from "./remembered.ts";
import type { ServerProcess } from "./server-process.ts";

let world: FaultWorld;
let proxy: FaultProxy;
let server: ServerProcess;
let platform: Platform;
const played: History["calls"] = [];

beforeAll(async () => {
  world = await openFaultWorld({ ownMariadb: false });
  await world.server.stop();
  proxy = await startFaultProxy(world.redis.port);
  server = await world.start({ REDIS_URL: `redis://127.0.0.1:${proxy.port}` });
  await server.until({ status: "ready" });
  platform = openPlatform(server.url, world.tenant);
});
afterAll(async () => {
  await platform.close();
  await world.stop();
  await proxy.close();
});

/** Loses the answer to every n-th claim and to those sent with it, once each: what is sent in its place must get through. */
const loseEvery = (nth: number, loss: "cut" | "swallow") => {
  const seen = new Set<string>();
  let lost = 0;
  proxy.lose((request) => {
    const claims = [...request.matchAll(/"type":"step"[^{]*"callId":"(cal_[0-9a-z]{20})","step":(\d+)/g)].map(
      ([, call, step]) => `${call} ${step}`,
    );
    const fresh = claims.filter((claim) => !seen.has(claim));
    const before = Math.floor(seen.size / nth);
    for (const claim of fresh) seen.add(claim);
    if (Math.floor(seen.size / nth) === before) return null;
    lost += fresh.length;
    return loss;
  });
  return () => lost;
};

const playLosing = async (options: { nth: number; loss: "cut" | "swallow"; calls: number; ratePerSecond: number; least: number }) => {
  const seed = randomBytes(4).toString("hex");
  const lost = loseEvery(options.nth, options.loss);
  const { history, finished } = startCalls({ ...options, platforms: [platform], seed, repeats: 0.5 });
  await finished;
  proxy.lose(() => null);
  played.push(...history.calls);
  tell(
    `answers ${options.loss}, seed ${seed}: ${lost()} claims lost, slowest answer ${Math.round(history.slowestMs)} ms (${server.slowestStepMs()} by the server's clock)`,
  );
  expect(history.wrong).toEqual([]);
  expect(lost()).toBeGreaterThanOrEqual(options.least);
  await server.until({ status: "ready" });
  await untilRecorded(world);
  await expectRemembered(world, played);
  await expectFigures(world);
  expectNoFaults(world);
  const { calls } = await readRemembered(world);
  expect(history.calls.filter(({ session }) => calls.get(session)?.degraded).length).toBeGreaterThanOrEqual(options.least);
};

test("cut off: the retry gets the agent that was answered, and the lost claim counts nowhere", async () => {
  await playLosing({ nth: 4, loss: "cut", calls: 250, ratePerSecond: 100, least: 20 });
});

test("swallowed by a connection that never speaks again: it is given up, and Redis decides again", async () => {
  await playLosing({ nth: 60, loss: "swallow", calls: 200, ratePerSecond: 50, least: 1 });
});
