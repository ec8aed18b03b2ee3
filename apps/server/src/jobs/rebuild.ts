/** After Redis was wiped (or is new): gives every partition its figures back from MySQL, then lets it decide again. */
import type { JobLock } from "@switchboard/execution/lock";
import type { Rebuild } from "@switchboard/execution/rebuild";
import type { RebuildSnapshot } from "@switchboard/routing/rebuild-snapshot";
import type { Logger } from "../logger.ts";

export type RebuildDeps = {
  lock: JobLock;
  rebuild: Rebuild;
  partitions: readonly number[];
  /** What MySQL remembers of the partition's tenants. */
  loadSnapshots: (partition: number) => AsyncIterable<RebuildSnapshot>;
  logger: Logger;
};

const lockTtlMs = 10_000;

/** Resolves when every partition has its figures; rejects while another process is at it, or a store is away. */
export const createFiguresGuard =
  ({ lock, rebuild, partitions, loadSnapshots, logger }: RebuildDeps) =>
  async (): Promise<void> => {
    const missing = await rebuild.missingEpochs(partitions);
    if (missing.length === 0) return;
    const outcome = await lock.withLock("rebuild", lockTtlMs, async (fence, lost) => {
      const still = await rebuild.missingEpochs(missing);
      for (const partition of still) {
        if (lost.aborted) throw new Error("the lock of the rebuild was lost");
        const { kind } = await rebuild.rebuildPartition(partition, fence, loadSnapshots(partition));
        if (kind === "stale_fence") throw new Error("another process took the rebuild over");
      }
      logger.info({ event: "figures_rebuilt", partitions: still.length });
    });
    if (outcome.kind === "held_elsewhere") throw new Error("another process rebuilds the figures");
  };
