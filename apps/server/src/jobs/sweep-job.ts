/** Writes down what ran out: leases and silent calls past their deadline, every few seconds, one process at a time. */
import type { JobLock } from "@switchboard/execution/lock";
import type { Sweep } from "@switchboard/execution/sweep";
import type { Logger } from "../logger.ts";
import { type Job, keepTrying } from "./keep-trying.ts";

export type SweepJobDeps = { lock: JobLock; sweep: Sweep; partitions: readonly number[]; redisDecides: () => boolean; logger: Logger };

const everyMs = 2_000;
const lockTtlMs = 5_000;

export const startSweepJob = ({ lock, sweep, partitions, redisDecides, logger }: SweepJobDeps): Job =>
  keepTrying("sweep", everyMs, logger, async (stopping) => {
    if (!redisDecides()) return;
    await lock.withLock("sweep", lockTtlMs, async (fence, lost) => {
      for (const partition of partitions) {
        if (lost.aborted || stopping.aborted) return;
        const outcome = await sweep(partition, fence);
        if (outcome.kind === "done" && outcome.removed > 0) logger.info({ event: "swept", partition, removed: outcome.removed });
        if (outcome.kind === "stale_fence") return;
      }
    });
  });
