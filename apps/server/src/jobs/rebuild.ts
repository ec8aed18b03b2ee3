/** After Redis was wiped (or is new): gives every partition its figures back from MySQL, then lets it decide again. */
import type { JobLock } from "@switchboard/execution/lock";
import type { Rebuild } from "@switchboard/execution/rebuild";
import type { RebuildSnapshot } from "@switchboard/routing/rebuild-snapshot";
import type { Logger } from "../logger.ts";

export type RebuildDeps = {
  lock: JobLock;
  rebuild: Rebuild;
  partitions: number;
  /** What MySQL remembers of the tenants of each partition. */
  loadSnapshots: (partitions: number[]) => Promise<Map<number, RebuildSnapshot[]>>;
  logger: Logger;
};

const lockTtlMs = 10_000;

/** Resolves when every partition has its figures; rejects while another process is at it, or a store is away. */
export const createFiguresGuard =
  ({ lock, rebuild, partitions, loadSnapshots, logger }: RebuildDeps) =>
  async (): Promise<void> => {
    const all = Array.from({ length: partitions }, (_, partition) => partition);
    const missing = await rebuild.missing(all);
    if (missing.length === 0) return;
    await lock.withLock("rebuild", lockTtlMs, async (fence, lost) => {
      const still = await rebuild.missing(missing);
      const snapshots = await loadSnapshots(still);
      for (const partition of still) {
        if (lost.aborted) throw new Error("the lock of the rebuild was lost");
        await rebuild.partition(partition, fence, snapshots.get(partition) ?? []);
      }
      logger.info({ event: "figures_rebuilt", partitions: still.length });
    });
  };
