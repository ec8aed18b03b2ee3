/** Live calls held against the platform's sessions, when words about their ends were lost. */
import { callIdOf } from "@switchboard/control/ids";
import { createReadLiveCalls } from "@switchboard/execution/live-calls";
import { createJobLock } from "@switchboard/execution/lock";
import { createReconcile } from "@switchboard/execution/reconcile";
import { createCloudonix } from "@switchboard/cloudonix/client";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createReconcileRound } from "../src/jobs/reconcile-round.ts";
import { openPlayedPlatform, type PlayedPlatform } from "./played-platform.ts";

let world: PlayedPlatform;
beforeAll(async () => {
  world = await openPlayedPlatform();
});
afterAll(() => world.close());

const minuteMs = 60_000;
const to = "+12025550143";

/** Rounds at times of the test's own, as the job plays them. */
const openRounds = () => {
  const { redis, fake, tenant } = world;
  let now = Date.now();
  const clock = () => now;
  const cloudonix = createCloudonix({ baseUrl: fake.url, allowance: async () => ({ isAllowed: true, retryMs: 0 }) });
  const client = cloudonix.domain({ domain: fake.domain.domain, key: fake.domain.key, urgency: "job" });
  const round = createReconcileRound({
    readConnected: async () => [tenant.tenantId],
    readLiveCalls: createReadLiveCalls(redis),
    reconcile: createReconcile(redis, clock),
    openDomain: async () => ({ domain: fake.domain.domain, aliases: [], client }),
    now: clock,
    logger: pino({ level: "silent" }),
  });
  const lock = createJobLock(redis);
  return {
    after: async (minutes: number) => {
      now += minutes * minuteMs;
      const outcome = await lock.withLock("reconcile-played", 5_000, (fence, signal) => round(fence, signal));
      if (outcome.kind !== "done") throw new Error("the lock is held elsewhere");
      return outcome.value;
    },
  };
};

const activeCalls = async () => Number((await world.admin("GET", `/voice-agents/${world.ids.ava}/status`)).body["activeCalls"]);
const timeouts = async (id: string) => {
  const { body } = await world.admin("GET", `/call-records/${id}`);
  return ((body["timeline"] as { type: string }[] | undefined) ?? []).filter(({ type }) => type === "timeout").length;
};

test("when one in twenty calls ends unheard of, two rounds bring leases to the truth, once each, and touch no call that goes on", async () => {
  const calls = Array.from({ length: 40 }, (_none, index) => world.fake.call({ from: `+4420794601${10 + index}`, to }));
  await vi.waitFor(async () => expect(await activeCalls()).toBe(40), { timeout: 60_000 });
  const sessions = calls.map(({ session }) => session);
  const [lost, kept] = [sessions.slice(0, 2), sessions.slice(38)];
  world.fake.loseWordsOf(lost);
  for (const session of sessions.slice(0, 38)) world.fake.sessions.tell(world.fake.domain.domain, session, { kind: "hang_up" });
  await Promise.all(calls.slice(0, 38).map(({ outcome }) => outcome));
  expect(await activeCalls()).toBe(lost.length + kept.length);

  const rounds = openRounds();
  expect(await rounds.after(1)).toEqual({ missing: 2, unknown: 0, givenUp: 0, unasked: 0 });
  expect(await activeCalls()).toBe(4);
  expect(await rounds.after(0.1)).toMatchObject({ givenUp: 0 });
  world.fake.misbehave({ kind: "status", status: 500 }, { times: 1 });
  expect(await rounds.after(0.9)).toMatchObject({ givenUp: 0, unasked: 1 });
  expect(await rounds.after(1)).toEqual({ missing: 2, unknown: 0, givenUp: 2, unasked: 0 });
  expect(await activeCalls()).toBe(kept.length);
  expect(await rounds.after(1)).toEqual({ missing: 0, unknown: 0, givenUp: 0, unasked: 0 });
  expect(await activeCalls()).toBe(kept.length);
  for (const session of lost) {
    const id = callIdOf(world.tenant.tenantId, session);
    await vi.waitFor(async () => expect(await timeouts(id)).toBe(1), 60_000);
  }
  expect(world.fake.invalidRequests()).toEqual([]);
});

test("a call that is missed once and named again begins anew", async () => {
  const rounds = openRounds();
  const { session } = world.fake.call({ from: "+442079460777", to });
  const before = await activeCalls();
  world.fake.misbehave({ kind: "nothing_listed" }, { times: 1 });
  expect(await rounds.after(10)).toMatchObject({ givenUp: 0 });
  expect(await rounds.after(1)).toMatchObject({ missing: 0 });
  world.fake.misbehave({ kind: "nothing_listed" }, { times: 1 });
  expect(await rounds.after(1)).toMatchObject({ givenUp: 0 });
  await vi.waitFor(() => expect(world.dialled(session)).toHaveLength(1), 60_000);
  expect(await activeCalls()).toBeGreaterThanOrEqual(before);
});
