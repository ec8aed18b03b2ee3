import { ResyncNeeded } from "@switchboard/api/live-errors";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import { expect, test } from "vitest";
import { createOutbox } from "./outbox.ts";

const at = "2026-01-01T00:00:00.000Z";
const standing = (rank: number) => ({ rank, source: 0, at: 0, tie: 0 });
const update = (id: string, callId: string, rank = 2): LiveEvent => ({
  id,
  at,
  type: "call.updated",
  data: { callId, state: rank === 3 ? "connected" : "ringing", status: rank === 3 ? "in-progress" : "ringing", standing: standing(rank) },
});
const end = (id: string, callId: string): LiveEvent => ({ id, at, type: "call.ended", data: { callId } });
const never = new AbortController().signal;
const idsOf = (events: LiveEvent[]) => events.map(({ id }) => id);

test("a first update goes out at once; those right behind it wait and become one for each call, in the last one's place", async () => {
  const outbox = createOutbox({ capacity: 10, holdMs: 250 });
  outbox.push(update("1-0", "a"));
  expect(idsOf(await outbox.take(never))).toEqual(["1-0"]);
  outbox.push(update("2-0", "a"));
  outbox.push(update("3-0", "b"));
  outbox.push(update("4-0", "a", 3));
  const since = performance.now();
  const taken = await outbox.take(never);
  expect(idsOf(taken)).toEqual(["3-0", "4-0"]);
  expect(performance.now() - since).toBeLessThan(2_500);
  expect(performance.now() - since).toBeGreaterThan(150);
});

test("anything but an update goes out at once, with what waits before it and in order, so that resuming after it misses nothing", async () => {
  const outbox = createOutbox({ capacity: 10, holdMs: 60_000 });
  outbox.push(update("1-0", "a"));
  await outbox.take(never);
  outbox.push(update("2-0", "a"));
  outbox.push(end("3-0", "b"));
  expect(idsOf(await outbox.take(never))).toEqual(["2-0", "3-0"]);
});

test("of two states that become one the better proven stays, whichever came last", async () => {
  const outbox = createOutbox({ capacity: 10, holdMs: 0 });
  outbox.push(update("1-0", "a", 3));
  outbox.push(update("2-0", "a", 2));
  expect(await outbox.take(never)).toMatchObject([{ id: "2-0", data: { state: "connected", standing: { rank: 3 } } }]);
});

test("a subscriber that doesn't take its events is sent to a new snapshot, and holds no more than its share", async () => {
  const outbox = createOutbox({ capacity: 3, holdMs: 0 });
  for (const id of ["1-0", "2-0", "3-0", "4-0", "5-0"]) outbox.push(end(id, id));
  await expect(outbox.take(never)).rejects.toThrow(ResyncNeeded);
});

test("whoever leaves while waiting is let go", async () => {
  const outbox = createOutbox({ capacity: 3, holdMs: 0 });
  const leaving = new AbortController();
  const waiting = outbox.take(leaving.signal);
  leaving.abort();
  expect(await waiting).toEqual([]);
});
