/** Builds everything once, by hand, and says how it starts and stops. Read down: stores, plans, engine, jobs, doors. */
import { join } from "node:path";
import { createDatabase } from "@switchboard/control/database";
import { loadDirectory, rememberReportBearer } from "@switchboard/control/directory";
import { callIdOf } from "@switchboard/control/ids";
import { readKeyRing } from "@switchboard/control/key-ring";
import { createPasswords } from "@switchboard/control/passwords";
import { loadPlanSource, loadRule } from "@switchboard/control/plan-source";
import type { TenantId } from "@switchboard/routing/ids";
import { buildApp } from "./app.ts";
import { composeApi } from "./compose-api.ts";
import { composeEngine } from "./compose-engine.ts";
import { composeJobs } from "./compose-jobs.ts";
import type { Config } from "./config.ts";
import type { Logger } from "./logger.ts";
import { createMetrics } from "./operations/metrics.ts";
import { createPlanService } from "./plans/plan-service.ts";
import { createPlanSnapshot, type Kept } from "./plans/plan-snapshot.ts";
import { openRedis } from "./redis-clients.ts";
import { secretKeysOf } from "./secret-keys.ts";
import { createActionSigner } from "./webhook/action-url.ts";
import { createCredentialCheck } from "./webhook/credentials.ts";
import { createAnswerRenderer } from "./webhook/render-answer.ts";

/** A configuration with both stores named. */
export type ServerConfig = Config & { databaseUrl: string; redis: NonNullable<Config["redis"]> };

/** The built console, beside this application. */
const consoleDirectory = join(import.meta.dirname, "../../console/dist");

export const compose = async (config: ServerConfig, logger: Logger) => {
  const now = () => Date.now();
  const keyRing = readKeyRing(secretKeysOf(config.secretKeys, config.dataDir));
  const database = createDatabase(config.databaseUrl);
  const redis = openRedis(config.redis, logger);

  const loadKept = async (tenant: TenantId): Promise<Kept | null> => {
    const entry = (await loadDirectory(database)).find(({ id }) => id === tenant);
    const source = entry && (await loadPlanSource(database, keyRing, tenant));
    return entry && source ? { entry, source } : null;
  };
  const snapshot = createPlanSnapshot({ directory: join(config.dataDir, "plans"), keys: keyRing.derive("plan-snapshot"), load: loadKept, logger });
  const plans = createPlanService({
    loadDirectory: () => loadDirectory(database),
    loadSource: (tenant) => loadPlanSource(database, keyRing, tenant),
    loadRule: (tenant, rule) => loadRule(database, tenant, rule),
    readKept: snapshot.readAll,
    onChange: snapshot.changed,
    rememberReportBearer: (tenant) => rememberReportBearer(database, tenant),
    now,
    logger,
  });

  const engine = composeEngine({ config, database, redis, tenantIds: plans.ids, now, logger });
  const metrics = createMetrics({ redisDecides: engine.breaker.closed, claims: engine.gate.figures, planAgeSeconds: plans.ageSeconds });
  const passwords = createPasswords();
  const jobs = composeJobs({ config, database, keyRing, passwords, redis, plans, engine, metrics, logger });
  const api = composeApi({ config, database, keyRing, passwords, redis, plans, logger });

  const signer = createActionSigner(keyRing.derive("action-url"));
  let stopping = false;
  const app = await buildApp({
    webhook: {
      credentials: createCredentialCheck({ tenants: plans.tenants, signer }),
      ready: plans.ready,
      decide: engine.decider.decide,
      keepFault: engine.decider.keep,
      accept: engine.decider.accept,
      render: createAnswerRenderer({ publicUrl: config.publicUrl, signer }),
      callIdOf,
      observe: metrics.webhook,
      now,
      logger,
    },
    api: api.door,
    operations: {
      readiness: {
        stopping: () => stopping,
        planReady: plans.ready,
        planAgeSeconds: plans.ageSeconds,
        redisDecides: engine.breaker.closed,
        mysqlAnswers: () => database.ping().then(
          () => true,
          () => false,
        ),
      },
      metrics,
      metricsToken: config.metricsToken,
    },
    consoleDirectory,
    trustProxy: config.trustProxy,
    logger,
  });

  return {
    app,
    start: async () => {
      await jobs.prepareDatabase();
      await plans.start();
      redis.listenForPlans((change) => {
        plans.changed(change).catch((error) => logger.warn({ event: "plan_not_followed", tenant: change.tenantId, err: error }));
      });
      await engine.breaker.start();
      jobs.start();
    },
    /** No new work is taken from now on by those who ask `readyz`. */
    announceStop: () => {
      stopping = true;
    },
    stop: async () => {
      await api.stop();
      await app.close();
      await jobs.stop();
      plans.stop();
      await snapshot.close();
      await engine.stop();
      redis.close();
      await database.close();
    },
  };
};
