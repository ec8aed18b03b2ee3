/** Makes the figures of tenants that have calls from before there were any, and forgets the minutes and hours that are kept no longer. */
import type { JobLock } from "@switchboard/execution/lock";
import type { TenantId } from "@switchboard/routing/ids";
import type { Logger } from "../logger.ts";
import { type Job, keepTrying } from "./keep-trying.ts";

export type AnalyticsJobDeps = {
  lock: JobLock;
  /** Tenants whose figures were never made to the end. */
  unbuilt: () => Promise<TenantId[]>;
  /** Answers how many calls were counted. */
  rebuild: (tenantId: TenantId, signal: AbortSignal) => Promise<number>;
  /** Answers how many rows were forgotten. */
  prune: (nowMs: number, signal: AbortSignal) => Promise<number>;
  logger: Logger;
};

const everyMs = 3_600_000;
const lockTtlMs = 10_000;

/** A rebuild holds what it replaces, and what is old enough is old enough. */
export const startAnalyticsJob = ({ lock, unbuilt, rebuild, prune, logger }: AnalyticsJobDeps): Job =>
  keepTrying("analytics", everyMs, logger, async (stopping) => {
    await lock.withLock("analytics", lockTtlMs, async (_fence, lost) => {
      const signal = AbortSignal.any([stopping, lost]);
      const rows = await prune(Date.now(), signal);
      if (rows > 0) logger.info({ event: "analytics_pruned", rows });
      for (const tenant of await unbuilt()) {
        const calls = await rebuild(tenant, signal);
        // Broken off, it is not built, and the next one begins anew.
        if (signal.aborted) return;
        logger.info({ event: "analytics_built", tenant, calls });
      }
    });
  });
