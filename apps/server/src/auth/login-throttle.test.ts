import { expect, test } from "vitest";
import { createLimiter } from "../limits/rate-limits.ts";
import { createRedisFirst } from "../limits/redis-first.ts";
import { createLoginThrottle } from "./login-throttle.ts";

/** With Redis away: what it does in its place has its own test on a real one. */
const open = () => {
  const clock = { ms: 1_000_000 };
  const now = () => clock.ms;
  const away = () => Promise.reject(new Error("away"));
  const redisFirst = createRedisFirst(now);
  const limit = createLimiter({ inRedis: away, redisFirst, now });
  return { clock, throttle: createLoginThrottle({ limit, pauses: { attempt: away, succeeded: away }, redisFirst, now }) };
};

test("an account waits from its fifth failure on, longer each time, at most a minute, and not after a success", async () => {
  const { clock, throttle } = open();
  for (let failure = 1; failure <= 5; failure += 1) expect(await throttle.attempt("a@b", "1.1.1.1")).toBe(0);
  const waits: number[] = [];
  for (let failure = 6; failure <= 13; failure += 1) {
    const wait = await throttle.attempt("a@b", `1.1.1.${failure}`);
    waits.push(wait / 1_000);
    clock.ms += wait;
    expect(await throttle.attempt("A@b ", `1.1.1.${failure}`)).toBe(0);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  expect(await throttle.attempt("someone@else", "1.1.1.1")).toBe(0);
  await throttle.succeeded("a@b");
  expect(await throttle.attempt("a@b", "1.1.1.2")).toBe(0);
  expect(await throttle.attempt("a@b", "1.1.1.2")).toBe(0);
});

test("an address gets twenty logins a minute, whoever it asks for, and more as time passes", async () => {
  const { clock, throttle } = open();
  const tries = async (count: number) => {
    const waits = await Promise.all(Array.from({ length: count }, (_, n) => throttle.attempt(`p${n}@x`, "2.2.2.2")));
    return waits.filter((wait) => wait === 0).length;
  };
  expect(await tries(30)).toBe(20);
  expect(await throttle.attempt("p@x", "3.3.3.3")).toBe(0);
  clock.ms += 6_000;
  expect(await tries(30)).toBe(2);
});

test("a flood of names and addresses takes a bounded memory and locks nobody out for long", async () => {
  const { throttle } = open();
  for (let n = 0; n < 50_000; n += 1) await throttle.attempt(`p${n}@x`, `10.0.${n >> 8}.${n & 255}`);
  expect(await throttle.attempt("new@x", "192.0.2.1")).toBe(0);
});
