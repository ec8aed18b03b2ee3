/** Keeps a database that does not answer from holding its callers: a time limit on each call, and none sent while it is down. */
import { ControlError } from "../control-error.ts";

export type Breaker = {
  /** Runs `work`; throws ControlError `unavailable` when it took too long, or when the database is known to be down. */
  run: <Result>(work: () => Promise<Result>) => Promise<Result>;
};

export type BreakerOptions = {
  /** Longest that one call may take. */
  timeoutMs: number;
  /** Failures in a row that open it. */
  threshold: number;
  /** How long it stays open before one call is let through to try. */
  openMs: number;
  /** Whether an error says that the database is away, not that the statement was wrong. */
  isOutage: (error: unknown) => boolean;
  /** Milliseconds on a clock that never goes back. */
  now: () => number;
};

export function createBreaker(options: BreakerOptions): Breaker {
  let failures = 0;
  let openUntil = 0;
  let trying = false;

  function refuse(cause?: unknown): ControlError {
    return new ControlError("unavailable", "The database does not answer.", { cause });
  }

  async function attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(refuse()), options.timeoutMs);
    });
    try {
      const result = await Promise.race([work(), limit]);
      failures = 0;
      return result;
    } catch (error) {
      const outage = (error instanceof ControlError && error.kind === "unavailable") || options.isOutage(error);
      if (!outage) {
        failures = 0;
        throw error;
      }
      failures += 1;
      if (failures >= options.threshold) openUntil = options.now() + options.openMs;
      throw error instanceof ControlError ? error : refuse(error);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async run(work) {
      if (failures < options.threshold) return await attempt(work);
      if (trying || options.now() < openUntil) throw refuse();
      trying = true;
      try {
        return await attempt(work);
      } finally {
        trying = false;
      }
    },
  };
}
