/** Lets a bounded number of claims be in flight and makes the rest wait, fair per tenant: a burst is not an outage. */
import type { TenantId } from "@switchboard/routing/ids";

type Waiting = { enter: () => void; giveUp: () => void; timer: NodeJS.Timeout };

export type ClaimGate = ReturnType<typeof createClaimGate>;

/**
 * `run` answers null when the wait took longer than `waitMs`, or when the gate was emptied meanwhile; it throws when the work
 * took longer than `workMs`.
 */
export const createClaimGate = ({ limit, waitMs, workMs }: { limit: number; waitMs: number; workMs: number }) => {
  // Tenants in the order of their turn; whoever was served goes to the end, so a noisy one never holds up the others.
  const queues = new Map<TenantId, Waiting[]>();
  const leaving = new Set<() => void>();
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

  /** The work itself can't be called back: whoever waits for it is let go. */
  const bounded = <T>(work: Promise<T>): Promise<T | null> =>
    new Promise((resolve, reject) => {
      const giveUp = () => {
        leave();
        resolve(null);
      };
      const tooLate = () => {
        leave();
        reject(new Error(`no answer in ${workMs} ms`));
      };
      // When it was us who were busy, the answer lies in the socket: it is read before the immediate runs.
      const timer = setTimeout(() => setImmediate(tooLate), workMs);
      const leave = () => {
        clearTimeout(timer);
        leaving.delete(giveUp);
      };
      leaving.add(giveUp);
      work.finally(leave).then(resolve, reject);
    });

  const run = async <T>(tenant: TenantId, work: () => Promise<T>): Promise<T | null> => {
    if (inFlight >= limit) {
      if (!(await wait(tenant))) return null;
    } else {
      inFlight += 1;
    }
    try {
      return await bounded(work());
    } finally {
      // The place passes straight to the next in line, so nobody overtakes it.
      if (queues.size > 0) next();
      else inFlight -= 1;
    }
  };

  /** Everybody gives up now, in line or in flight (Redis has gone; the local path answers). */
  const empty = () => {
    for (const giveUp of leaving) giveUp();
    for (const queue of [...queues.values()]) {
      for (const waiting of [...queue]) {
        clearTimeout(waiting.timer);
        waiting.giveUp();
      }
    }
  };

  return { run, empty, figures: () => ({ inFlight, waiting: [...queues.values()].reduce((sum, queue) => sum + queue.length, 0) }) };
};
