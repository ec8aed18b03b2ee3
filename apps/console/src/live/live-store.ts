/** Keeps the board true: takes a snapshot, follows the events from its cursor, begins again when it must, and says how fresh it is. */
import type { LiveCall, LiveSnapshot } from "@switchboard/api/schemas/live-call";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import type { Failure } from "../api/failure.ts";
import { applyEvent, hasEnded } from "./board.ts";
import { createFreshness, type Freshness } from "./freshness.ts";
import { createLingering } from "./lingering.ts";

export type LiveView = {
  /** Newest first; null until the first snapshot has come. */
  calls: readonly LiveCall[] | null;
  freshness: Freshness;
  /** The server's own live data is late. */
  delayed: boolean;
  failure: Failure | null;
  /** How many words about calls have come in so far. */
  updates: number;
};

export type FollowHandlers = {
  onEvent: (event: LiveEvent) => void;
  onConnected: () => void;
  onDisconnected: () => void;
  onError: (failure: Failure) => void;
};

export type LiveSource = {
  snapshot: () => Promise<{ ok: true; value: LiveSnapshot } | { ok: false; failure: Failure }>;
  /** Events after the one with this id; returns how to stop following. */
  follow: (afterId: string, handlers: FollowHandlers) => () => void;
};

const paintEveryMs = 60;
const retryMs = 2_000;

const newestFirst = (a: LiveCall, b: LiveCall): number =>
  a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : a.id < b.id ? 1 : -1;

/** What components read, and hear of when it changes. */
const createView = () => {
  const listeners = new Set<() => void>();
  let view: LiveView = { calls: null, freshness: { kind: "connecting" }, delayed: false, failure: null, updates: 0 };
  return {
    get: () => view,
    show: (change: Partial<LiveView>) => {
      view = { ...view, ...change };
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};

type View = ReturnType<typeof createView>;

/** The calls, painted at most every `paintEveryMs`, however many events come. */
const createPaintedBoard = (view: View) => {
  const calls = new Map<string, LiveCall>();
  let updates = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const paint = () => {
    clearTimeout(timer);
    timer = undefined;
    view.show({ calls: [...calls.values()].sort(newestFirst), updates });
  };
  const paintSoon = () => {
    timer ??= setTimeout(paint, paintEveryMs);
  };
  const lingering = createLingering((callId) => {
    calls.delete(callId);
    paintSoon();
  });
  const notice = (call: LiveCall | undefined) => {
    if (call !== undefined && hasEnded(call)) lingering.ended(call.id);
  };
  return {
    replace: (next: readonly LiveCall[]) => {
      lingering.clear();
      calls.clear();
      for (const call of next) calls.set(call.id, call);
      for (const call of next) notice(call);
      paint();
    },
    apply: (event: LiveEvent) => {
      if (event.type === "agent.status_changed" || event.type === "routing_rule.updated") return;
      updates += 1;
      applyEvent(calls, event);
      notice(calls.get(event.data.callId));
      paintSoon();
    },
    stop: () => {
      clearTimeout(timer);
      lingering.clear();
    },
  };
};

export const createLiveStore = (source: LiveSource) => {
  const view = createView();
  const board = createPaintedBoard(view);
  const freshness = createFreshness((fresh) => view.show({ freshness: fresh }));
  const hearers = new Set<(event: LiveEvent) => void>();
  let running = false;
  let unfollow = () => {};
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let beginnings = 0;

  const beginLater = (delayMs: number) => {
    clearTimeout(retryTimer);
    retryTimer = setTimeout(begin, delayMs);
  };

  /** However often it is begun, the last one alone follows. */
  const begin = async () => {
    beginnings += 1;
    const mine = beginnings;
    clearTimeout(retryTimer);
    unfollow();
    const taken = await source.snapshot();
    if (!running || mine !== beginnings) return;
    if (!taken.ok) {
      view.show({ failure: taken.failure });
      beginLater(retryMs);
      return;
    }
    view.show({ delayed: taken.value.delayed, failure: null });
    if (taken.value.delayed) {
      // An old picture is better than none, and no better than the one already shown.
      if (view.get().calls === null) board.replace(taken.value.calls);
      beginLater(retryMs);
      return;
    }
    board.replace(taken.value.calls);
    unfollow = source.follow(taken.value.cursor, {
      onEvent: (event) => {
        board.apply(event);
        for (const hear of hearers) hear(event);
      },
      onConnected: freshness.connected,
      onDisconnected: freshness.disconnected,
      onError: (failure) => {
        freshness.disconnected();
        // Fallen behind, it needs a new snapshot at once; anything else is given a moment.
        beginLater(failure.code === "PRECONDITION_FAILED" ? 0 : retryMs);
      },
    });
  };

  const stop = () => {
    running = false;
    unfollow();
    clearTimeout(retryTimer);
    freshness.stop();
    board.stop();
  };

  return {
    get: view.get,
    subscribe: view.subscribe,
    /** Hears every event once, as it comes; returns how to stop. */
    onEvent: (hear: (event: LiveEvent) => void) => {
      hearers.add(hear);
      return () => {
        hearers.delete(hear);
      };
    },
    retry: () => void begin(),
    start: () => {
      running = true;
      void begin();
      return stop;
    },
  };
};
