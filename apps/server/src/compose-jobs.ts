/** What runs beside the calls: the database's setup, the recorder, the sweep. */
import type { Database } from "@switchboard/control/database";
import { seedDemo } from "@switchboard/control/demo";
import { purgeArchive } from "@switchboard/control/journal-archive";
import { createKeepOut } from "@switchboard/control/keep-out";
import type { KeyRing } from "@switchboard/control/key-ring";
import { migrate } from "@switchboard/control/migrate";
import type { Passwords } from "@switchboard/control/passwords";
import { needsSetup, setupTokenOf } from "@switchboard/control/setup";
import { placeRules } from "@switchboard/control/rule-places";
import { createStoreWebhookAnswers } from "@switchboard/control/webhook-answers";
import { pruneRollups } from "@switchboard/control/prune-rollups";
import { rebuildAnalytics, unbuiltTenants } from "@switchboard/control/rebuild-analytics";
import { removeExpired } from "@switchboard/control/remove-expired";
import { createRecorder } from "@switchboard/control/recorder";
import { createJournalReader } from "@switchboard/execution/journal";
import { partitionOf, partitions } from "@switchboard/execution/keys";
import { createJobLock } from "@switchboard/execution/lock";
import { createSweep } from "@switchboard/execution/sweep";
import type { ServerConfig } from "./compose.ts";
import type { ExportParts } from "./compose-exports.ts";
import { startErasures } from "./compose-erasures.ts";
import type { ComposedCloudonix } from "./compose-cloudonix.ts";
import type { Engine } from "./compose-engine.ts";
import { localDirOf } from "./engine/local-journal.ts";
import { announceFirstRun, type FirstRun, firstRunFile, refreshFirstRun, webhooksOf, writeFirstRun } from "./first-run.ts";
import { startAnalyticsJob } from "./jobs/analytics-job.ts";
import { startArchiveJob } from "./jobs/archive-job.ts";
import { startCloudonixJob } from "./jobs/cloudonix-job.ts";
import { startDatabaseSetup } from "./jobs/database-setup.ts";
import { type Job, keepTrying } from "./jobs/keep-trying.ts";
import { startRecorderJob } from "./jobs/recorder-job.ts";
import { startRetentionJob } from "./jobs/retention-job.ts";
import { startSweepJob } from "./jobs/sweep-job.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./operations/metrics.ts";
import type { PlanService } from "./plans/plan-service.ts";
import type { RedisClients } from "./redis-clients.ts";
import { createAnswerLog } from "./webhook/answer-log.ts";
import { announceSetupToken, removeSetupToken, setupTokenFile, writeSetupToken } from "./setup-token.ts";

export type JobsDeps = {
  config: ServerConfig;
  database: Database;
  keyRing: KeyRing;
  passwords: Passwords;
  redis: RedisClients;
  plans: PlanService;
  engine: Engine;
  exports: ExportParts;
  metrics: Metrics;
  cloudonix: ComposedCloudonix;
  logger: Logger;
};

/** Only what was written past this version's functions waits for it. */
const rulePlacesEveryMs = 60_000;

export const composeJobs = ({
  config,
  database,
  keyRing,
  passwords,
  redis,
  plans,
  engine,
  exports,
  metrics,
  cloudonix,
  logger,
}: JobsDeps) => {
  const { publicUrl, dataDir } = config;
  const localUrl = `http://${config.host}:${config.port}`;
  const lock = createJobLock(redis.jobs);
  const store = createStoreWebhookAnswers(database);
  const answers = createAnswerLog({ tenants: plans.tenants, store, now: () => Date.now(), logger });

  const offerSetup = async () => {
    if (!(await needsSetup(database))) return removeSetupToken(dataDir);
    const token = setupTokenOf(keyRing);
    writeSetupToken(dataDir, token);
    logger.info({ event: "setup_needed", file: setupTokenFile(dataDir) });
    announceSetupToken(dataDir, token, localUrl);
  };

  const seed = async () => {
    refreshFirstRun(dataDir, localUrl, publicUrl);
    if (config.seed !== "demo") return offerSetup();
    let written: FirstRun | null = null;
    const demo = await seedDemo({ database, keyRing, passwords }, ({ tenantKey, webhookToken, domain, admin }) => {
      written = { url: localUrl, tenantKey, domain, webhookToken, webhooks: webhooksOf(publicUrl, tenantKey), admin };
      writeFirstRun(dataDir, written);
    });
    if (!demo || !written) return;
    logger.info({ event: "demo_created", domain: demo.domain, file: firstRunFile(dataDir) });
    announceFirstRun(dataDir, written);
  };

  const running: Job[] = [];
  return {
    answers,
    /** Resolves after the first try; a MySQL that is away is tried again for as long as it takes. */
    prepareDatabase: async () => {
      const setup = startDatabaseSetup({ migrate: async () => void (await migrate(config.databaseUrl)), seed, logger });
      running.push(setup);
      await setup.first;
    },
    start: () => {
      const onPoison = ({ partition, id, error }: { partition: number; id: string; error: unknown }) =>
        logger.error({ event: "journal_entry_unreadable", partition, id, err: error });
      const reader = createJournalReader({ redis: redis.recorder, onPoison });
      running.push(
        startRecorderJob({
          lock,
          reader,
          partitions,
          recorder: createRecorder(database, createKeepOut(keyRing)),
          onRecorded: metrics.recorded,
          logger,
        }),
        answers.start(),
        ...exports.start(),
        startArchiveJob({ lock, purge: (beforeMs, signal) => purgeArchive(database, beforeMs, signal), logger }),
        startAnalyticsJob({
          lock,
          unbuilt: () => unbuiltTenants(database),
          rebuild: (tenantId, signal) =>
            rebuildAnalytics(database, { tenantId, partition: partitionOf(tenantId) }, { onDay: () => {}, signal }),
          prune: (nowMs, signal) => pruneRollups(database, nowMs, signal),
          logger,
        }),
        startRetentionJob({ lock, remove: (options) => removeExpired(database, options), onRemoved: metrics.removed, logger }),
        startErasures({ localDir: localDirOf(dataDir), database, keyRing, redis, lock, linesPending: engine.linesPending, logger }),
        keepTrying("rule-places", rulePlacesEveryMs, logger, (signal) => placeRules(database, signal)),
        startCloudonixJob({ lock, compare: cloudonix.compare, logger }),
        startSweepJob({ lock, sweep: createSweep(redis.jobs), partitions, redisDecides: engine.breaker.closed, logger }),
      );
    },
    stop: async () => {
      await Promise.all(running.map((job) => job.stop()));
    },
  };
};
