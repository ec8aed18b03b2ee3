/** Removes what tenants keep no longer: every hour, a little at a time, one process at a time. */
import type { Expiring, RemovalOptions } from "@switchboard/control/remove-expired";
import type { JobLock } from "@switchboard/execution/lock";
import type { Logger } from "../logger.ts";
import { type Job, keepTrying } from "./keep-trying.ts";

export type RetentionJobDeps = {
  lock: JobLock;
  remove: (options: RemovalOptions) => Promise<void>;
  onRemoved: (what: Expiring, rows: number) => void;
  logger: Logger;
};

const everyMs = 3_600_000;
const lockTtlMs = 10_000;
/** One line of a long removal in this time, not one a batch. */
const tellEveryMs = 30_000;

/** Twice at once would remove the same, only slower for everybody else: hence the lock, and no more than that. */
export const startRetentionJob = ({ lock, remove, onRemoved, logger }: RetentionJobDeps): Job =>
  keepTrying("retention", everyMs, logger, async (stopping) => {
    await lock.withLock("retention", lockTtlMs, async (_fence, lost) => {
      const progress = createProgress(logger);
      const signal = AbortSignal.any([stopping, lost]);
      await remove({
        ...{ nowMs: Date.now(), signal },
        onRemoved: (what, rows, tenant) => {
          onRemoved(what, rows);
          progress.count(what, rows, tenant);
        },
      });
      progress.tell(signal.aborted ? "retention_interrupted" : "retention_removed");
    });
  });

const createProgress = (logger: Logger) => {
  let removed: Record<string, Record<string, number>> = {};
  let toldAt = performance.now();
  const tell = (event: string) => {
    for (const [tenant, rows] of Object.entries(removed)) logger.info({ event, tenant, rows });
    removed = {};
    toldAt = performance.now();
  };
  return {
    tell,
    count: (what: Expiring, rows: number, tenant: string | null) => {
      const of = (removed[tenant ?? "none"] ??= {});
      of[what] = (of[what] ?? 0) + rows;
      if (performance.now() - toldAt > tellEveryMs) tell("retention_progress");
    },
  };
};
