/** Server processes that are killed, told to stop, or frozen while calls come in. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FaultWorld, openFaultWorld, tell } from "./fault-world.ts";
import { openPlatform, type Platform } from "./platform.ts";
import { type History, startCalls } from "./played-calls.ts";
import { expectFigures, expectNoFaults, expectRemembered, readRemembered, untilRecorded } from "./remembered.ts";

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
    await expect.poll(() => history.calls.length, { timeout: 60_000 }).toBeGreaterThan(begun + 150);
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
  await expectRemembered(world, history.calls, { degradedMayDiffer: true });
  await expectFigures(world);
  expectNoFaults(world);
});

test("told to stop: what is in flight is answered, and it ends well", async () => {
  const server = await world.start();
  await server.until({ status: "ready" });
  const other = openPlatform(server.url, world.tenant);
  const sessions = Array.from({ length: 200 }, () => randomBytes(16).toString("hex"));
  const asked = sessions.map((session) => other.ring(session));
  // The first answers are out, the others under way.
  await Promise.race(asked);
  server.signal("SIGTERM");
  const answers = await Promise.all(asked);
  expect(await server.exited()).toEqual({ code: 0, signal: null });
  // A connection that was opened too late is refused, never cut.
  expect(answers.filter((answer) => answer && answer.status !== 200)).toEqual([]);
  await other.close();
  await untilRecorded(world);
  const { calls } = await readRemembered(world);
  const unremembered = sessions.filter((session, index) => answers[index] && !calls.has(session));
  expect(unremembered).toEqual([]);
});

test("one of two is killed: the other goes on recording within seconds, and its frozen holder's late writes change nothing", async () => {
  const second = await world.start();
  await second.until({ status: "ready" });
  const platforms = [platform, openPlatform(second.url, world.tenant)];
  const seed = randomBytes(4).toString("hex");
  const { history, finished } = startCalls({ platforms, seed, calls: 200, ratePerSecond: 60 });
  await finished;
  await untilRecorded(world);

  // Whoever records is among them: frozen past its lock's life, it wakes up with its old number and must change nothing.
  const whileFrozen: History[] = [];
  for (const [index, frozen] of [world.server, second].entries()) {
    frozen.signal("SIGSTOP");
    const play = startCalls({ platforms: platforms.toSpliced(index, 1), seed: `${seed}/${index}`, calls: 80, ratePerSecond: 60 });
    await play.finished;
    const endedAt = performance.now();
    await untilRecorded(world, { frozen: true });
    tell(`process ${index} frozen, seed ${seed}: the other had caught up ${Math.round(performance.now() - endedAt)} ms after the calls`);
    frozen.signal("SIGCONT");
    await frozen.until({ status: "ready" });
    whileFrozen.push(play.history);
  }

  // The second one has lost the recording to the first by now.
  world.server.signal("SIGKILL");
  const whileKilled = startCalls({ platforms: platforms.slice(1), seed: `${seed}/killed`, calls: 80, ratePerSecond: 60 });
  await whileKilled.finished;
  const endedAt = performance.now();
  await untilRecorded(world, { frozen: true });
  tell(`recorder killed: the other had caught up ${Math.round(performance.now() - endedAt)} ms after the calls`);
  await world.server.replace();
  await world.server.until({ status: "ready" });
  await untilRecorded(world);

  const all = [history, ...whileFrozen, whileKilled.history];
  expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
  const { calls } = await readRemembered(world);
  const theirs = all.flatMap((each) => each.calls);
  await expectRemembered(world, theirs, { alsoThere: calls.size - theirs.length, degradedMayDiffer: true });
  expectNoFaults(world);
});
