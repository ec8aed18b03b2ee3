import { expect, test } from "vitest";
import { createLoginThrottle } from "./login-throttle.ts";

const open = () => {
  const clock = { ms: 1_000_000 };
  return { clock, throttle: createLoginThrottle(() => clock.ms) };
};

test("an account waits from its fifth failure on, longer each time, at most a minute, and not after a success", () => {
  const { clock, throttle } = open();
  for (let failure = 1; failure <= 4; failure += 1) throttle.failed("a@b");
  expect(throttle.waitSeconds("a@b", "1.1.1.1")).toBe(0);
  const waits = [5, 6, 7, 8, 9, 10, 11, 12].map(() => {
    throttle.failed("a@b");
    const wait = throttle.waitSeconds("a@b", "1.1.1.1");
    clock.ms += wait * 1_000;
    return wait;
  });
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  expect(throttle.waitSeconds("someone@else", "1.1.1.1")).toBe(0);
  throttle.succeeded("a@b");
  throttle.failed("a@b");
  expect(throttle.waitSeconds("a@b", "1.1.1.2")).toBe(0);
});

test("an address gets twenty logins a minute, whoever it asks for, and more as time passes", () => {
  const { clock, throttle } = open();
  const tries = (count: number) =>
    Array.from({ length: count }, (_, n) => throttle.waitSeconds(`p${n}@x`, "2.2.2.2")).filter((wait) => wait === 0).length;
  expect(tries(30)).toBe(20);
  expect(throttle.waitSeconds("p@x", "3.3.3.3")).toBe(0);
  clock.ms += 6_000;
  expect(tries(30)).toBe(2);
});

test("a flood of names and addresses takes a bounded memory and locks nobody out for long", () => {
  const { throttle } = open();
  for (let n = 0; n < 50_000; n += 1) {
    throttle.failed(`p${n}@x`);
    throttle.waitSeconds(`p${n}@x`, `10.0.${n >> 8}.${n & 255}`);
  }
  expect(throttle.waitSeconds("new@x", "192.0.2.1")).toBe(0);
});
