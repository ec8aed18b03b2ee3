/** The job that holds live calls against the platform's sessions. */
import { readConnectedTenants } from "@switchboard/control/connected-tenants";
import type { Database } from "@switchboard/control/database";
import { createReadLiveCalls } from "@switchboard/execution/live-calls";
import { createJobLock } from "@switchboard/execution/lock";
import { createReconcile } from "@switchboard/execution/reconcile";
import type { ComposedCloudonix } from "./compose-cloudonix.ts";
import type { Engine } from "./compose-engine.ts";
import type { Job } from "./jobs/keep-trying.ts";
import { startReconcileJob } from "./jobs/reconcile-job.ts";
import { createReconcileRound } from "./jobs/reconcile-round.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./operations/metrics.ts";
import type { RedisClients } from "./redis-clients.ts";

export type ReconcileParts = {
  database: Database;
  redis: RedisClients;
  engine: Engine;
  cloudonix: ComposedCloudonix;
  metrics: Metrics;
  logger: Logger;
};

const composeReconcile = ({ database, redis, engine, cloudonix, metrics, logger }: ReconcileParts) => {
  const round = createReconcileRound({
    readConnected: () => readConnectedTenants(database),
    readLiveCalls: createReadLiveCalls(redis.jobs),
    reconcile: createReconcile(redis.jobs),
    openDomain: cloudonix.openDomain,
    now: () => Date.now(),
    logger,
  });
  const { closed: redisDecides } = engine.breaker;
  return () => startReconcileJob({ lock: createJobLock(redis.jobs), round, onDrift: metrics.drift, redisDecides, logger });
};

/** The jobs given, and this one with them. */
export const withReconciling = <Jobs extends { start: () => void; stop: () => Promise<void> }>(jobs: Jobs, parts: ReconcileParts): Jobs => {
  const start = composeReconcile(parts);
  let job: Job | null = null;
  return {
    ...jobs,
    start: () => {
      jobs.start();
      job = start();
    },
    stop: async () => {
      await Promise.all([jobs.stop(), job?.stop()]);
    },
  };
};
