/** Brings leases and the board to what the platform says, each minute, one process at a time. */
import type { Fence, JobLock } from "@switchboard/execution/lock";
import type { Logger } from "../logger.ts";
import { type Job, keepTrying } from "./keep-trying.ts";
import type { Drift } from "./reconcile-round.ts";

export type ReconcileJobDeps = {
  lock: JobLock;
  round: (fence: Fence, signal: AbortSignal) => Promise<Drift>;
  onDrift: (drift: Drift) => void;
  redisDecides: () => boolean;
  logger: Logger;
};

const everyMs = 60_000;
const lockTtlMs = 10_000;

export const startReconcileJob = ({ lock, round, onDrift, redisDecides, logger }: ReconcileJobDeps): Job =>
  keepTrying("reconcile", everyMs, logger, async (stopping) => {
    if (!redisDecides()) return;
    await lock.withLock("reconcile", lockTtlMs, async (fence, lost) => onDrift(await round(fence, AbortSignal.any([lost, stopping]))));
  });
