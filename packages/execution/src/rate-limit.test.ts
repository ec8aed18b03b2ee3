import { afterAll, describe, expect, inject, test } from "vitest";
import { createRedisClient } from "./client.ts";
import { admit, type Limit, type LimitVerdict } from "./gcra.ts";
import { createLoginPauses } from "./login-pause.ts";
import { createRateLimit } from "./rate-limit.ts";

const redis = createRedisClient({ url: inject("redisUrl"), cluster: false, role: "limits" });
afterAll(() => redis.disconnect());

/** Slow: what is remembered is forgotten by Redis's own clock, which must not run out while ours stands still. */
const limit: Limit = { perSecond: 0.01, burst: 5 };
const clock = { ms: 1_700_000_000_000 };
let names = 0;

const inRedis = () => {
  const [ask, name] = [createRateLimit(redis, () => clock.ms), `test:${process.pid}:${(names += 1)}`];
  return (): Promise<LimitVerdict> => ask(name, limit);
};
const inMemory = () => {
  let dueAt: number | null = null;
  return async (): Promise<LimitVerdict> => {
    const { dueAt: next, verdict } = admit(dueAt, clock.ms, limit);
    dueAt = next ?? dueAt;
    return verdict;
  };
};
if (redis.status !== "ready") await new Promise((resolve) => redis.once("ready", resolve));

describe.each([
  ["in Redis", inRedis],
  ["in the process", inMemory],
])("a limit %s", (_, open) => {
  test("lets a burst through, then one at each interval, and a refusal costs nothing", async () => {
    const ask = open();
    const burst = [];
    for (let n = 0; n < 5; n += 1) burst.push(await ask());
    expect(burst.map(({ isAllowed, remaining }) => [isAllowed, remaining])).toEqual([4, 3, 2, 1, 0].map((left) => [true, left]));
    expect(burst.at(-1)).toMatchObject({ limit: 5, resetMs: 500_000, retryMs: 0 });
    for (let n = 0; n < 20; n += 1)
      expect(await ask()).toEqual({ isAllowed: false, limit: 5, remaining: 0, resetMs: 500_000, retryMs: 100_000 });
    clock.ms += 99_999;
    expect(await ask()).toMatchObject({ isAllowed: false, retryMs: 1 });
    clock.ms += 1;
    expect(await ask()).toMatchObject({ isAllowed: true, remaining: 0 });
    clock.ms += 10_000_000;
    expect(await ask()).toMatchObject({ isAllowed: true, remaining: 4, resetMs: 100_000 });
  });
});

test("a limit forgets by itself whoever rests", async () => {
  await createRateLimit(redis)("test:resting", limit);
  const livesMs = await redis.pttl("{limit:test:resting}");
  expect(livesMs).toBeGreaterThan(0);
  expect(livesMs).toBeLessThanOrEqual(100_000);
});

test("an account's guesses sent all at once are counted like those sent one by one", async () => {
  const pauses = createLoginPauses(redis, () => clock.ms);
  const account = `test-${process.pid}`;
  const waits = await Promise.all(Array.from({ length: 12 }, () => pauses.attempt(account)));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  const lengths: number[] = [];
  for (let failure = 6; failure <= 13; failure += 1) {
    const wait = await pauses.attempt(account);
    lengths.push(wait);
    clock.ms += wait;
    expect(await pauses.attempt(account)).toBe(0);
  }
  expect(lengths).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1_000));
  await pauses.succeeded(account);
  expect(await pauses.attempt(account)).toBe(0);
});
