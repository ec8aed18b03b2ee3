/** Builds everything once, by hand, and says how it starts and stops. Read down: stores, plans, engine, jobs, doors. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createDatabase } from "@switchboard/control/database";
import { callIdOf } from "@switchboard/control/ids";
import type { KeyRing } from "@switchboard/control/key-ring";
import { createPasswords } from "@switchboard/control/passwords";
import { buildApp } from "./app.ts";
import { composeApi } from "./compose-api.ts";
import { type ComposedCloudonix, composeCloudonix } from "./compose-cloudonix.ts";
import { composeEngine, type Engine } from "./compose-engine.ts";
import { composeExports } from "./compose-exports.ts";
import { composeJobs } from "./compose-jobs.ts";
import { composePlans } from "./compose-plans.ts";
import { withReconciling } from "./compose-reconcile.ts";
import { composeTestCalls } from "./compose-test-calls.ts";
import type { Config } from "./config.ts";
import { type RateLimits, rateLimits } from "./limits/rate-limits.ts";
import type { Logger } from "./logger.ts";
import { createDrain } from "./operations/drain.ts";
import { createMetrics, type Metrics } from "./operations/metrics.ts";
import type { Readiness } from "./operations/routes.ts";
import { createStarting, type Starting } from "./operations/starting.ts";
import type { PlanService } from "./plans/plan-service.ts";
import { openRedis } from "./redis-clients.ts";
import { openKeyRing } from "./secret-keys.ts";
import { createActionSigner } from "./webhook/action-url.ts";
import type { NoteAnswer } from "./webhook/answer-log.ts";
import { createCredentialCheck } from "./webhook/credentials.ts";
import { createRefusalLog } from "./webhook/refusal-log.ts";
import { createAnswerRenderer } from "./webhook/render-answer.ts";
import type { TestTokens } from "./webhook/test-token.ts";
import type { WebhookDoorDeps } from "./webhook/webhook-door.ts";

/** A configuration with both stores named. */
export type ServerConfig = Config & { databaseUrl: string; redis: NonNullable<Config["redis"]> };

const longestFirstRecoveryMs = 1_000;

/** The built console, beside this application. */
const consoleDirectory = join(import.meta.dirname, "../../console/dist");

const answers = (question: Promise<void>): Promise<boolean> =>
  question.then(
    () => true,
    () => false,
  );

type DoorParts = {
  config: Config;
  keyRing: KeyRing;
  plans: PlanService;
  starting: Starting;
  engine: Engine;
  cloudonix: ComposedCloudonix;
  testTokens: TestTokens;
  noteAnswer: NoteAnswer;
  metrics: Metrics;
  now: () => number;
  logger: Logger;
};

const webhookDeps = ({
  config,
  keyRing,
  plans,
  starting,
  engine,
  cloudonix: { namedUrls },
  testTokens,
  noteAnswer,
  metrics,
  now,
  logger,
}: DoorParts): WebhookDoorDeps => {
  const signer = createActionSigner(keyRing.derive("action-url"), (id) => keyRing.deriveOf("action-url", id));
  const ready = () => starting.isOver() && plans.ready();
  return {
    credentials: createCredentialCheck({ tenants: plans.tenants, signer, namedUrls, testTokens }),
    ready,
    whenReady: async () => {
      await starting.held();
      return ready();
    },
    decide: engine.decider.decide,
    keepFault: engine.decider.keep,
    accept: engine.decider.accept,
    refused: createRefusalLog({ logger, now }),
    noteAnswer,
    render: createAnswerRenderer({ publicUrl: config.publicUrl, signer }),
    callIdOf,
    observe: metrics.webhook,
    now,
    logger,
  };
};

export const compose = async (config: ServerConfig, logger: Logger, limits: RateLimits = rateLimits) => {
  const now = () => Date.now();
  const keyRing = openKeyRing(config.secretKeys, config.dataDir);
  const database = createDatabase(config.databaseUrl);
  const redis = openRedis(config.redis, logger);

  const { plans, snapshot } = composePlans({ dataDir: config.dataDir, database, keyRing, now, logger });
  const engine = composeEngine({ config, database, redis, tenantIds: plans.ids, now, logger });
  const metrics = createMetrics({ redisDecides: engine.breaker.closed, claims: engine.gate.figures, planAgeSeconds: plans.ageSeconds });
  const parts = { config, database, keyRing, passwords: createPasswords(), redis, plans, engine, logger };
  const exports = composeExports(parts);
  const cloudonix = composeCloudonix({ ...parts, limits });
  const jobs = withReconciling(composeJobs({ ...parts, exports, metrics, cloudonix }), { ...parts, cloudonix, metrics });
  const testCalls = composeTestCalls({ ...parts, server: () => app.server, now });
  const api = composeApi({ ...parts, limits, testCalls, cloudonix, exports });

  const starting = createStarting();
  let stopping = false;
  const readiness: Readiness = {
    stopping: () => stopping,
    planReady: () => starting.isOver() && plans.ready(),
    planAgeSeconds: plans.ageSeconds,
    redisDecides: engine.breaker.closed,
    mysqlAnswers: () => answers(database.ping()),
  };
  const app = await buildApp({
    webhook: webhookDeps({ ...parts, starting, cloudonix, testTokens: testCalls.tokens, noteAnswer: jobs.answers.note, metrics, now }),
    api: api.door,
    downloads: api.downloads,
    operations: { readiness, metrics, metricsToken: config.metricsToken },
    consoleDirectory,
    trustProxy: config.trustProxy,
    logger,
  });

  const drain = createDrain(app.server);

  return {
    app,
    start: async () => {
      await plans.start(jobs.prepareDatabase());
      redis.listenForPlans((change) => {
        plans.changed(change).catch((error) => logger.warn({ event: "plan_not_followed", tenant: change.tenantId, err: error }));
      });
      // A long rebuild must not keep calls waiting: until it is done they are decided locally.
      await Promise.race([engine.breaker.start(), pause(longestFirstRecoveryMs, undefined, { ref: false })]);
      starting.end();
      jobs.start();
    },
    /** No new work is taken from now on by those who ask `readyz`. */
    announceStop: () => {
      stopping = true;
      drain.begin();
    },
    stop: async () => {
      await testCalls.stop();
      await api.stop();
      drain.begin();
      drain.closeIdle();
      await app.close();
      drain.end();
      await jobs.stop();
      plans.stop();
      await snapshot.close();
      await engine.stop();
      redis.close();
      await database.close();
    },
  };
};
