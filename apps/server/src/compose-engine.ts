/** What decides calls: Redis through the gate and the breaker, the local path beside it, and the way back. */
import type { Database } from "@switchboard/control/database";
import { loadRebuildSnapshots } from "@switchboard/control/rebuild-snapshot";
import { createAdvance } from "@switchboard/execution/advance";
import { createClaim } from "@switchboard/execution/claim";
import { partitionOf, partitions } from "@switchboard/execution/keys";
import { createJobLock } from "@switchboard/execution/lock";
import { createProbe } from "@switchboard/execution/probe";
import { createSimulateClaim } from "@switchboard/execution/simulate";
import { createRebuild } from "@switchboard/execution/rebuild";
import { createAdoptLocalDecision } from "@switchboard/execution/supersede";
import type { TenantId } from "@switchboard/routing/ids";
import type { Config } from "./config.ts";
import { createBreaker } from "./engine/breaker.ts";
import { createClaimGate } from "./engine/claim-gate.ts";
import { createDecider } from "./engine/decider.ts";
import { createForesee } from "./engine/foresee.ts";
import { createLocalJournal, localDirOf } from "./engine/local-journal.ts";
import { parseLocalLine } from "./engine/local-line.ts";
import { createLocalMemory } from "./engine/local-memory.ts";
import { createMerge } from "./engine/merge.ts";
import { keepTrying } from "./jobs/keep-trying.ts";
import { createFiguresGuard } from "./jobs/rebuild.ts";
import type { Logger } from "./logger.ts";
import type { RedisClients } from "./redis-clients.ts";

export type EngineDeps = {
  config: Config;
  database: Database;
  redis: RedisClients;
  tenantIds: () => TenantId[];
  now: () => number;
  logger: Logger;
};

const claimsInFlight = 64;
const longestWaitMs = 2_000;
/** A claim may stand behind another one that times out after 250 ms; the caller must not wait for both. */
const longestClaimMs = 350;
const mergeEveryMs = 1_000;

export type Engine = ReturnType<typeof composeEngine>;

export const composeEngine = ({ config, database, redis, tenantIds, now, logger }: EngineDeps) => {
  const gate = createClaimGate({ limit: claimsInFlight, waitMs: longestWaitMs, workMs: longestClaimMs });
  const memory = createLocalMemory();
  const journal = createLocalJournal(localDirOf(config.dataDir), parseLocalLine);
  const advance = createAdvance(redis.claims);
  const merge = createMerge({ journal, memory, adopt: createAdoptLocalDecision(redis.claims), advance, logger });
  const ensureFigures = createFiguresGuard({
    lock: createJobLock(redis.jobs),
    rebuild: createRebuild(redis.jobs),
    partitions,
    loadSnapshots: (partition) =>
      loadRebuildSnapshots(
        database,
        tenantIds().filter((id) => partitionOf(id) === partition),
      ),
    logger,
  });
  const breaker = createBreaker({
    probe: createProbe(redis.watchdog),
    recover: async () => {
      await ensureFigures();
      await merge();
    },
    onOpen: gate.empty,
    logger,
  });
  const decider = createDecider({ claim: createClaim(redis.claims), advance, breaker, gate, memory, journal, now, logger });
  const foresee = createForesee({ simulate: createSimulateClaim(redis.jobs), breaker, ownActive: memory.active, now, logger });
  // A single claim that failed was decided locally although the breaker stayed closed.
  const merging = keepTrying("merge", mergeEveryMs, logger, async () => {
    if (breaker.closed() && journal.pending()) await merge();
  });

  return {
    breaker,
    gate,
    decider,
    foresee,
    /** Whether this process holds events that Redis does not have yet. */
    linesPending: journal.pending,
    stop: async () => {
      await merging.stop();
      breaker.stop();
      journal.close();
    },
  };
};
