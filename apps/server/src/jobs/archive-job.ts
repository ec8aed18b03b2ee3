/** Forgets what consoles were told more than an hour ago, a little at a time, one process at a time. */
import type { JobLock } from "@switchboard/execution/lock";
import type { Logger } from "../logger.ts";
import { type Job, keepTrying } from "./keep-trying.ts";

export type ArchiveJobDeps = {
  lock: JobLock;
  /** Forgets what ended before that time (milliseconds since the epoch); answers how many pieces that were. */
  purge: (beforeMs: number, signal: AbortSignal) => Promise<number>;
  logger: Logger;
};

/** A console that was away for this long misses nothing. */
export const resumableMs = 3_600_000;
/** Kept longer than promised: for a slow reader, and for clocks that differ. */
const keptMs = resumableMs + 600_000;
const everyMs = 60_000;
const lockTtlMs = 10_000;

/** Safe to run twice at once: what is old enough is old enough. */
export const startArchiveJob = ({ lock, purge, logger }: ArchiveJobDeps): Job =>
  keepTrying("archive-purge", everyMs, logger, async (stopping) => {
    await lock.withLock("archive-purge", lockTtlMs, async (_fence, lost) => {
      const pieces = await purge(Date.now() - keptMs, AbortSignal.any([stopping, lost]));
      if (pieces > 0) logger.info({ event: "archive_purged", pieces });
    });
  });
