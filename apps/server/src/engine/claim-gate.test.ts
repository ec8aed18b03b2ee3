import { tenantId } from "@switchboard/routing/ids";
import { expect, test } from "vitest";
import { createClaimGate } from "./claim-gate.ts";

const one = tenantId("ten_00000000000000000001");
const two = tenantId("ten_00000000000000000002");

/** Work that ends when told. */
const held = () => {
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, done };
};

test("no more than the limit run at once, and everyone gets a turn", async () => {
  const gate = createClaimGate({ limit: 3, waitMs: 10_000, workMs: 1_000 });
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    return true;
  };
  const results = await Promise.all(Array.from({ length: 50 }, () => gate.run(one, work)));
  expect(results.every((result) => result === true)).toBe(true);
  expect(most).toBe(3);
  expect(gate.figures()).toEqual({ inFlight: 0, waiting: 0 });
});

test("a tenant with one call waits behind one of a noisy tenant's, not behind all", async () => {
  const gate = createClaimGate({ limit: 1, waitMs: 10_000, workMs: 1_000 });
  const first = held();
  const order: string[] = [];
  const note = (name: string) => async () => void order.push(name);
  const running = gate.run(one, () => first.done);
  const waiting = ["a", "b", "c"].map((name) => gate.run(one, note(name)));
  const quiet = gate.run(two, note("quiet"));
  first.end();
  await Promise.all([running, ...waiting, quiet]);
  expect(order).toEqual(["a", "quiet", "b", "c"]);
});

test("who waits gives up after the limit, and at once when the gate is emptied", async () => {
  const gate = createClaimGate({ limit: 1, waitMs: 5, workMs: 1_000 });
  const first = held();
  const running = gate.run(one, () => first.done);
  expect(await gate.run(one, async () => true)).toBeNull();
  const patient = createClaimGate({ limit: 1, waitMs: 60_000, workMs: 1_000 });
  const other = held();
  const busy = patient.run(one, () => other.done);
  const waiting = patient.run(two, async () => true);
  patient.empty();
  expect(await Promise.all([waiting, busy])).toEqual([null, null]);
  first.end();
  other.end();
  await Promise.all([running, busy]);
  expect(patient.figures()).toEqual({ inFlight: 0, waiting: 0 });
});

test("work that fails frees its place", async () => {
  const gate = createClaimGate({ limit: 1, waitMs: 1_000, workMs: 1_000 });
  await expect(gate.run(one, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await gate.run(one, async () => "next")).toBe("next");
});

test("work that takes too long is given up, and frees its place", async () => {
  const gate = createClaimGate({ limit: 1, waitMs: 1_000, workMs: 5 });
  await expect(gate.run(one, () => held().done)).rejects.toThrow("no answer in 5 ms");
  expect(gate.figures().inFlight).toBe(0);
});
