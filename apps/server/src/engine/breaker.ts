/** Says whether Redis decides: opens when a ping goes unanswered or claims fail, closes when Redis is back and caught up. */
import type { Logger } from "../logger.ts";

export type BreakerDeps = {
  /** Resolves when Redis answered as it should (alive, writable); rejects or never resolves otherwise. */
  probe: () => Promise<void>;
  /** Runs before Redis decides again: merges what was decided locally, rebuilds what was wiped. Rejects: not yet. */
  recover: () => Promise<void>;
  onOpen: () => void;
  logger: Logger;
  /** Milliseconds: between probes, and how long one may take. */
  intervalMs?: number;
  timeoutMs?: number;
};

const failuresToOpen = 5;
const failureWindowMs = 1_000;

const within = async (work: Promise<void>, timeoutMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // When it was us who were busy, the answer lies in the socket: it is read before the immediate runs.
    timer = setTimeout(() => setImmediate(() => reject(new Error(`no answer in ${timeoutMs} ms`))), timeoutMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

const words = (error: unknown) => (error instanceof Error ? error.message : String(error));

export type Breaker = ReturnType<typeof createBreaker>;

export const createBreaker = ({ probe, recover, onOpen, logger, intervalMs = 100, timeoutMs = 250 }: BreakerDeps) => {
  // Open until the first probe: nobody has seen Redis answer yet.
  let closed = false;
  let stopped = false;
  let lastFailure: unknown;
  let recentFailures: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  let lastCause = "";

  /** While it stays open: each new cause once, not one line for every probe. */
  const stayOpen = (cause: string) => {
    if (cause !== lastCause) logger.warn({ event: "redis_not_back", cause });
    lastCause = cause;
  };

  const open = (cause: string) => {
    if (!closed) return;
    closed = false;
    recentFailures = [];
    logger.error({ event: "redis_away", cause }, "calls are decided locally");
    onOpen();
  };

  const beat = async () => {
    try {
      await within(probe(), timeoutMs);
      if (!closed && !stopped) {
        await recover();
        closed = true;
        lastCause = "";
        logger.info({ event: "redis_decides" });
      }
    } catch (error) {
      if (closed) open(words(error));
      else stayOpen(words(error));
    }
    if (!stopped) timer = setTimeout(() => void beat(), intervalMs);
  };

  return {
    /** Does Redis decide now? */
    closed: () => closed,
    /** A claim failed or timed out; `at` in milliseconds. */
    claimFailed: (at: number, error: unknown) => {
      // Claims that went together fail together, with one and the same error: one failure.
      if (error === lastFailure) return;
      lastFailure = error;
      recentFailures = [...recentFailures.filter((time) => at - time < failureWindowMs), at];
      if (recentFailures.length >= failuresToOpen) open(words(error));
    },
    /** The partition's figures are gone: the local path answers until recovery has rebuilt them. */
    figuresLost: () => open("redis was wiped"),
    /** Resolves after the first probe and, if Redis answered, the first recovery. */
    start: () => beat(),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
