/** Keeps a job off the call path from running twice at once, and numbers its holders so that a late one's writes are refused. */
import { ExecutionError, Redlock, ResourceLockedError } from "redlock";
import type { RedisClient } from "./client.ts";
import { jobLockKey, jobTokenKey } from "./keys.ts";
import { loadScript, runScript } from "./script.ts";

const nextToken = loadScript("fence-token");

/** Handed to every write of the job; the scripts refuse one that is older than what they have seen. */
export type Fence = { job: string; token: number };

export type LockOutcome<T> = { kind: "done"; value: T } | { kind: "held_elsewhere" };

export type JobLock = {
  /** Runs `work` while holding the lock, which is extended as long as it lasts; `signal` aborts when that fails. */
  withLock<T>(job: string, ttlMs: number, work: (fence: Fence, signal: AbortSignal) => Promise<T>): Promise<LockOutcome<T>>;
};

/** Throws when Redis does not answer, and what `work` throws. `ttlMs` is at least 1,000. */
export function createJobLock(redis: RedisClient): JobLock {
  const redlock = new Redlock([redis], { retryCount: 0, automaticExtensionThreshold: 500 });
  return {
    async withLock<T>(job: string, ttlMs: number, work: (fence: Fence, signal: AbortSignal) => Promise<T>) {
      const finished: { value: T }[] = [];
      try {
        await redlock.using([jobLockKey(job)], ttlMs, async (signal) => {
          const token = Number(await runScript(redis, nextToken, [jobTokenKey(job), jobTokenKey(job)], []));
          finished.push({ value: await work({ job, token }, signal) });
        });
      } catch (error) {
        if (await isContention(error)) return { kind: "held_elsewhere" };
        // With the work done only the release can have failed: the lock runs out by itself.
        if (finished.length === 0) throw error;
      }
      const [done] = finished;
      if (!done) throw new Error(`job ${job} neither ran nor failed`);
      return { kind: "done", value: done.value };
    },
  };
}

/** Somebody else holds it; a Redis that does not answer raises the same error with other votes. */
async function isContention(error: unknown): Promise<boolean> {
  if (!(error instanceof ExecutionError)) return false;
  const votes = await Promise.all(error.attempts);
  return votes.some((vote) => [...vote.votesAgainst.values()].some((against) => against instanceof ResourceLockedError));
}
