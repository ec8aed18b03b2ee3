/** Lets a bounded number of claims be in flight and makes the rest wait, fair per tenant: a burst is not an outage. */
import type { TenantId } from "@switchboard/routing/ids";

type Waiting = { enter: () => void; giveUp: () => void; timer: NodeJS.Timeout };
/** Work in flight, and who waits for it. */
type Running = { dueAt: number; resolve: (value: null) => void; reject: (error: unknown) => void };

export type ClaimGate = ReturnType<typeof createClaimGate>;

/**
 * `run` answers null when the wait took longer than `waitMs`, or when the gate was emptied meanwhile; it throws when the work
 * took longer than `workMs`.
 */
export const createClaimGate = ({ limit, waitMs, workMs }: { limit: number; waitMs: number; workMs: number }) => {
  // Tenants in the order of their turn; whoever was served goes to the end, so a noisy one never holds up the others.
  const queues = new Map<TenantId, Waiting[]>();
  // In the order in which they began, so that the first is the first to be late: one timer watches them all.
  const running = new Set<Running>();
  let watch: NodeJS.Timeout | null = null;
  let inFlight = 0;

  const next = () => {
    for (const [tenant, queue] of queues) {
      const waiting = queue.shift();
      queues.delete(tenant);
      if (queue.length > 0) queues.set(tenant, queue);
      if (!waiting) continue;
      clearTimeout(waiting.timer);
      waiting.enter();
      return;
    }
  };

  const wait = (tenant: TenantId): Promise<boolean> =>
    new Promise((resolve) => {
      const queue = queues.get(tenant) ?? [];
      const leave = () => {
        const position = queue.indexOf(waiting);
        if (position >= 0) queue.splice(position, 1);
        if (queue.length === 0 && queues.get(tenant) === queue) queues.delete(tenant);
        resolve(false);
      };
      const waiting: Waiting = { enter: () => resolve(true), giveUp: leave, timer: setTimeout(leave, waitMs) };
      queue.push(waiting);
      queues.set(tenant, queue);
    });

  const endLate = (now: number) => {
    for (const work of running) {
      if (work.dueAt > now) break;
      if (leave(work)) work.reject(new Error(`no answer in ${workMs} ms`));
    }
    watch = null;
    const [first] = running;
    if (first) watchFrom(first.dueAt - performance.now());
  };

  const watchFrom = (delayMs: number) => {
    watch = setTimeout(
      () => {
        const now = performance.now();
        // When it was us who were busy, the answer lies in the socket: it is read before the immediate runs.
        setImmediate(() => endLate(now));
      },
      Math.max(1, Math.ceil(delayMs)),
    );
  };

  /** True for whoever is first: work, clock and breaker may each end it. */
  const leave = (work: Running): boolean => {
    if (!running.delete(work)) return false;
    // The place passes straight to the next in line, so nobody overtakes it.
    if (queues.size > 0) next();
    else inFlight -= 1;
    return true;
  };

  /** The work itself can't be called back: whoever waits for it is let go, and its place is free. */
  const perform = <T>(work: () => Promise<T>): Promise<T | null> =>
    new Promise((resolve, reject) => {
      const own: Running = { dueAt: performance.now() + workMs, resolve, reject };
      running.add(own);
      if (watch === null) watchFrom(workMs);
      work().then(
        (value) => leave(own) && resolve(value),
        (error: unknown) => leave(own) && reject(error),
      );
    });

  const run = <T>(tenant: TenantId, work: () => Promise<T>): Promise<T | null> => {
    if (inFlight >= limit) return wait(tenant).then((entered) => (entered ? perform(work) : null));
    inFlight += 1;
    return perform(work);
  };

  /** Everybody gives up now, in line or in flight (Redis has gone; the local path answers). */
  const empty = () => {
    // Those in line first, or they would take the places that are freed.
    for (const queue of [...queues.values()]) {
      for (const waiting of [...queue]) {
        clearTimeout(waiting.timer);
        waiting.giveUp();
      }
    }
    for (const work of [...running]) if (leave(work)) work.resolve(null);
  };

  return { run, empty, figures: () => ({ inFlight, waiting: [...queues.values()].reduce((sum, queue) => sum + queue.length, 0) }) };
};
