/**
 * What one subscriber has still to be given, in the journal's order. Updates of one call that wait together become one, in the
 * later one's place, so that whoever resumes after any event given has missed nothing. Bounded: a full outbox fails.
 */
import { ResyncNeeded } from "@switchboard/api/live-errors";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";

export type OutboxOptions = {
  /** Events that may wait. */
  capacity: number;
  /** Updates wait up to this long after the last handing over; everything else goes at once, with what waits before it. */
  holdMs: number;
};

/** The later update on top of the earlier, but the state with the better proof. */
const mergeUpdates = (earlier: LiveEvent, later: LiveEvent): LiveEvent => {
  if (earlier.type !== "call.updated" || later.type !== "call.updated") return later;
  const [a, b] = [earlier.data.standing, later.data.standing];
  const isWeaker = a !== undefined && b !== undefined && (b.rank - a.rank || b.source - a.source || b.at - a.at || b.tie - a.tie) < 0;
  const { state, status, standing } = earlier.data;
  const kept = isWeaker && state !== undefined && status !== undefined ? { state, status, standing: standing ?? a } : {};
  return { ...later, data: { ...earlier.data, ...later.data, ...kept } };
};

/** A step's decision is given as it is; words about the call's state may become one. */
const keyOf = (event: LiveEvent): string =>
  event.type === "call.updated" && event.data.attempt === undefined ? event.data.callId : event.id;

export const createOutbox = ({ capacity, holdMs }: OutboxOptions) => {
  const waiting = new Map<string, LiveEvent>();
  let isUrgent = false;
  let failure: Error | null = null;
  let handedOverAt = Number.NEGATIVE_INFINITY;
  let wake = () => {};

  const heldForMs = (): number => (isUrgent || failure !== null ? 0 : Math.max(0, handedOverAt + holdMs - performance.now()));

  /** Until something may be handed over, or the subscriber has gone. */
  const untilDue = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        wake = () => {};
        resolve();
      };
      const look = () => {
        clearTimeout(timer);
        if (failure !== null || (waiting.size > 0 && heldForMs() === 0)) done();
        else if (waiting.size > 0) timer = setTimeout(look, Math.ceil(heldForMs()));
      };
      wake = look;
      signal.addEventListener("abort", done);
      if (signal.aborted) done();
      else look();
    });

  return {
    push: (event: LiveEvent) => {
      if (failure !== null) return;
      const key = keyOf(event);
      const earlier = waiting.get(key);
      waiting.delete(key);
      waiting.set(key, earlier === undefined ? event : mergeUpdates(earlier, event));
      if (event.type !== "call.updated") isUrgent = true;
      if (waiting.size > capacity) failure = new ResyncNeeded("Too many events were waiting. Take a new snapshot.");
      wake();
    },
    fail: (error: Error) => {
      failure ??= error;
      wake();
    },
    /** The next events, at least one; none when the signal has aborted. Throws once the outbox has failed. */
    take: async (signal: AbortSignal): Promise<LiveEvent[]> => {
      await untilDue(signal);
      if (failure !== null) throw failure;
      if (signal.aborted) return [];
      const events = [...waiting.values()];
      waiting.clear();
      isUrgent = false;
      handedOverAt = performance.now();
      return events;
    },
  };
};

export type Outbox = ReturnType<typeof createOutbox>;
