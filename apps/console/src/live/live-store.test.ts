import type { LiveSnapshot } from "@switchboard/api/schemas/live-call";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Failure } from "../api/failure.ts";
import { liveCall } from "./live-call-fixture.ts";
import { createLiveStore, type FollowHandlers } from "./live-store.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ended = {
  state: "completed" as const,
  status: "completed" as const,
  standing: { rank: 4, source: 2, at: 1, tie: 0 },
  endedAt: "2026-01-01T00:00:09.000Z",
};
const failure = (code: string | null): Failure => ({ code, message: "words", requestId: "r1" });
type Taken = { ok: true; value: LiveSnapshot } | { ok: false; failure: Failure };
const snapshotOf = (calls = [liveCall()], more: Partial<LiveSnapshot> = {}): Taken => ({
  ok: true,
  value: { calls, cursor: "1-0", delayed: false, ...more },
});

const open = (answers: Taken[]) => {
  const follows: { afterId: string; handlers: FollowHandlers; stopped: boolean }[] = [];
  let asked = 0;
  const store = createLiveStore({
    snapshot: async () => answers[Math.min(asked++, answers.length - 1)]!,
    follow: (afterId, handlers) => {
      const follow = { afterId, handlers, stopped: false };
      follows.push(follow);
      return () => {
        follow.stopped = true;
      };
    },
  });
  const stop = store.start();
  return { store, stop, follows, last: () => follows.at(-1)!, asked: () => asked };
};

test("it shows the snapshot, follows from its cursor, and is live once that is under way", async () => {
  const { store, last } = open([snapshotOf()]);
  expect(store.get()).toMatchObject({ calls: null, freshness: { kind: "connecting" } });
  await vi.advanceTimersByTimeAsync(0);
  expect(store.get().calls).toHaveLength(1);
  expect(last().afterId).toBe("1-0");
  last().handlers.onConnected();
  expect(store.get().freshness).toEqual({ kind: "live" });
});

test("a hundred events at once are one repaint", async () => {
  const { store, last } = open([snapshotOf([])]);
  await vi.advanceTimersByTimeAsync(0);
  let paints = 0;
  store.subscribe(() => (paints += 1));
  for (let n = 0; n < 100; n += 1) {
    const { id, ...fields } = liveCall({ id: `cal_${n}` });
    last().handlers.onEvent({ id: `${n}-0`, at: "", type: "call.started", data: { callId: id, ...fields } });
  }
  await vi.advanceTimersByTimeAsync(100);
  expect(store.get().calls).toHaveLength(100);
  expect(paints).toBe(1);
});

test("a call that has ended stays for six seconds, however often its end is told, and then leaves", async () => {
  const { store, last } = open([snapshotOf()]);
  await vi.advanceTimersByTimeAsync(0);
  const end = () => last().handlers.onEvent({ id: "2-0", at: "", type: "call.ended", data: { callId: "cal_1", ...ended } });
  end();
  await vi.advanceTimersByTimeAsync(5_000);
  end();
  expect(store.get().calls).toMatchObject([{ state: "completed" }]);
  await vi.advanceTimersByTimeAsync(1_200);
  expect(store.get().calls).toEqual([]);
});

test("a lost connection is said at once and called stale after five seconds, with the time of the loss", async () => {
  const { store, last } = open([snapshotOf()]);
  await vi.advanceTimersByTimeAsync(0);
  last().handlers.onConnected();
  const since = Date.now();
  last().handlers.onDisconnected();
  expect(store.get().freshness).toEqual({ kind: "reconnecting", since });
  await vi.advanceTimersByTimeAsync(2_000);
  last().handlers.onDisconnected();
  await vi.advanceTimersByTimeAsync(3_001);
  expect(store.get().freshness).toEqual({ kind: "stale", since });
  last().handlers.onConnected();
  expect(store.get().freshness).toEqual({ kind: "live" });
});

test("told that it fell behind, it begins again with a new snapshot at once, and lets the old subscription go", async () => {
  const { store, last, follows, asked } = open([snapshotOf(), snapshotOf([liveCall({ id: "cal_2" })], { cursor: "9-0" })]);
  await vi.advanceTimersByTimeAsync(0);
  last().handlers.onError(failure("PRECONDITION_FAILED"));
  await vi.advanceTimersByTimeAsync(1);
  expect(asked()).toBe(2);
  expect(follows[0]?.stopped).toBe(true);
  expect(last().afterId).toBe("9-0");
  expect(store.get().calls).toMatchObject([{ id: "cal_2" }]);
});

test("a snapshot that can't be had is asked for again; a late one replaces nothing that is shown", async () => {
  const late = snapshotOf([], { delayed: true });
  const { store, last, follows } = open([{ ok: false, failure: failure(null) }, snapshotOf(), late, snapshotOf()]);
  await vi.advanceTimersByTimeAsync(0);
  expect(store.get()).toMatchObject({ calls: null, failure: { message: "words" } });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(store.get()).toMatchObject({ failure: null, delayed: false });
  last().handlers.onError(failure("SERVICE_UNAVAILABLE"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(store.get()).toMatchObject({ delayed: true, calls: [{ id: "cal_1" }] });
  expect(follows).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(store.get().delayed).toBe(false);
  expect(follows).toHaveLength(2);
});

test("stopped, it follows nothing and leaves no timer", async () => {
  const { stop, last } = open([snapshotOf()]);
  await vi.advanceTimersByTimeAsync(0);
  last().handlers.onConnected();
  last().handlers.onDisconnected();
  stop();
  expect(last().stopped).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("however often one tries again, one alone is followed, and each word counts once", async () => {
  const { store, follows } = open([snapshotOf([])]);
  store.retry();
  store.retry();
  await vi.advanceTimersByTimeAsync(0);
  expect(follows.filter(({ stopped }) => !stopped)).toHaveLength(1);
  const { id, ...fields } = liveCall();
  const event = { id: "2-0", at: "", type: "call.started" as const, data: { callId: id, ...fields } };
  for (const { handlers, stopped } of follows) if (!stopped) handlers.onEvent(event);
  await vi.advanceTimersByTimeAsync(100);
  expect(store.get().updates).toBe(1);
});
