/** The sweep as it will run in some hours: leases can't be waited for, so the scripts are given a clock that is ahead. */
import { partitionOf } from "@switchboard/execution/keys";
import { createJobLock } from "@switchboard/execution/lock";
import { createSweep } from "@switchboard/execution/sweep";
import { expect, vi } from "vitest";
import type { FaultWorld } from "./fault-world.ts";
import { theTenant } from "./remembered.ts";

/** Longer than any lease, shorter than the window. @returns how many leases and silent calls it removed */
export const sweepHoursLater = async (world: FaultWorld, hours = 5): Promise<number> => {
  const partition = partitionOf(await theTenant(world));
  const sweep = createSweep(world.look, () => Date.now() + hours * 3_600_000);
  const lock = createJobLock(world.look);
  return vi.waitFor(
    async () => {
      const outcome = await lock.withLock("sweep", 5_000, (fence) => sweep(partition, fence));
      // The product's own sweep holds the lock now and then.
      if (outcome.kind !== "done" || outcome.value.kind !== "done") return expect.fail(JSON.stringify(outcome));
      return outcome.value.removed;
    },
    { timeout: 60_000, interval: 50 },
  );
};
