import pino from "pino";
import { expect, test } from "vitest";
import { createBreaker } from "./breaker.ts";

const startedBreaker = async () => {
  const breaker = createBreaker({
    probe: async () => undefined,
    recover: async () => undefined,
    onOpen: () => undefined,
    logger: pino({ level: "silent" }),
  });
  await breaker.start();
  breaker.stop();
  return breaker;
};

test("claims that went together and failed with one error are one failure: Redis decides on", async () => {
  const breaker = await startedBreaker();
  const lost = new Error("Command timed out");
  for (let call = 0; call < 16; call += 1) breaker.claimFailed(1_000, lost);
  expect(breaker.closed()).toBe(true);
});

test("five failures of their own within a second open it; as many over a longer time don't", async () => {
  const slow = await startedBreaker();
  for (let failure = 0; failure < 10; failure += 1) slow.claimFailed(failure * 250, new Error("late"));
  expect(slow.closed()).toBe(true);
  const quick = await startedBreaker();
  for (let failure = 0; failure < 4; failure += 1) quick.claimFailed(1_000 + failure, new Error("late"));
  expect(quick.closed()).toBe(true);
  quick.claimFailed(1_010, new Error("late"));
  expect(quick.closed()).toBe(false);
});
