import { afterAll, describe, expect, inject, test } from "vitest";
import { createRedisClient } from "./client.ts";
import { admitInWindow, type AskWindowLimit, createWindowLimit } from "./window-limit.ts";

const redis = createRedisClient({ url: inject("redisUrl"), cluster: false, role: "limits" });
afterAll(() => redis.disconnect());
if (redis.status !== "ready") await new Promise((resolve) => redis.once("ready", resolve));

/** Long: what is remembered is forgotten by Redis's own clock, which must not run out while ours stands still. */
const windowMs = 100_000;
const clock = { ms: 1_700_000_000_000 };
let names = 0;

const inRedis = (): AskWindowLimit => {
  const name = `test:${process.pid}:${(names += 1)}`;
  const ask = createWindowLimit(redis, () => clock.ms);
  return (_, limit) => ask(name, limit);
};
const inMemory = (): AskWindowLimit => {
  let kept: number[] = [];
  return async (_, limit) => {
    const { times, verdict } = admitInWindow(kept, clock.ms, limit);
    kept = times ?? kept;
    return verdict;
  };
};

describe.each([
  ["in Redis", inRedis],
  ["in the process", inMemory],
])("a window %s", (_, open) => {
  test("lets no more through in any stretch of its length, and whoever leaves room for others less", async () => {
    const ask = open();
    const all = { windowMs, most: 10 };
    const some = { windowMs, most: 6 };
    const allowedAt: number[] = [];
    for (let second = 0; second < 400; second += 1) {
      clock.ms += 1_000;
      // In spurts, the worst for whatever counts evenly.
      const spurt = second % 37 === 0 ? 15 : 1;
      for (let n = 0; n < spurt; n += 1) if ((await ask("", all)).isAllowed) allowedAt.push(clock.ms);
    }
    for (const at of allowedAt) expect(allowedAt.filter((other) => other > at - windowMs && other <= at).length).toBeLessThanOrEqual(10);
    expect(allowedAt.length).toBeGreaterThanOrEqual(40);
    clock.ms += windowMs;
    for (let n = 0; n < 6; n += 1) expect(await ask("", some)).toEqual({ isAllowed: true, retryMs: 0 });
    expect(await ask("", some)).toEqual({ isAllowed: false, retryMs: windowMs });
    for (let n = 0; n < 4; n += 1) expect(await ask("", all)).toMatchObject({ isAllowed: true });
    clock.ms += 1;
    expect(await ask("", all)).toEqual({ isAllowed: false, retryMs: windowMs - 1 });
  });
});
