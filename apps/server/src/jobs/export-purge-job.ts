/** Takes exports away when their time is over, and what is left of those that were canceled or failed. */
import type { StoredExport } from "@switchboard/control/export-files";
import type { JobLock } from "@switchboard/execution/lock";
import type { Logger } from "../logger.ts";
import { type Job, keepTrying } from "./keep-trying.ts";

export type ExportPurgeDeps = {
  lock: JobLock;
  toRemove: (nowMs: number) => Promise<StoredExport[]>;
  remove: (file: StoredExport) => Promise<void>;
  prune: (nowMs: number) => Promise<number>;
  logger: Logger;
};

const everyMs = 5_000;
const lockTtlMs = 10_000;

/** Safe to do twice at once: what is gone is gone. */
export const startExportPurgeJob = ({ lock, toRemove, remove, prune, logger }: ExportPurgeDeps): Job =>
  keepTrying("export-purge", everyMs, logger, async (stopping) => {
    await lock.withLock("export-purge", lockTtlMs, async (_fence, lost) => {
      const isOver = AbortSignal.any([stopping, lost]);
      for (const file of await toRemove(Date.now())) {
        if (isOver.aborted) return;
        // One that can't be removed (its store is away) keeps none of the others.
        await remove(file).catch((error: unknown) => logger.warn({ event: "export_not_removed", export: file.id, err: error }));
      }
      await prune(Date.now());
    });
  });
