/** Compares connected domains with Cloudonix now and then, one process at a time, and keeps what differs. */
import type { JobLock } from "@switchboard/execution/lock";
import type { Logger } from "../logger.ts";
import { type Job, keepTrying } from "./keep-trying.ts";

export type CloudonixJobDeps = {
  lock: JobLock;
  /** Those that are due; answers how many. */
  compare: (signal: AbortSignal) => Promise<number>;
  logger: Logger;
};

const everyMs = 60_000;
const lockTtlMs = 10_000;

/** Safe to run twice at once: each comparison stands for itself. */
export const startCloudonixJob = ({ lock, compare, logger }: CloudonixJobDeps): Job =>
  keepTrying("cloudonix-comparison", everyMs, logger, async (stopping) => {
    await lock.withLock("cloudonix-comparison", lockTtlMs, async (_fence, lost) => {
      const compared = await compare(AbortSignal.any([stopping, lost]));
      if (compared > 0) logger.info({ event: "cloudonix_compared", domains: compared });
    });
  });
