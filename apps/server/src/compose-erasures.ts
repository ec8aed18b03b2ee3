/** Erasures: the job, with the stores that it takes numbers out of. */
import type { Database } from "@switchboard/control/database";
import { erasedText, withoutNumbers } from "@switchboard/control/erased-numbers";
import {
  countChanged,
  eraseFromDatabase,
  exportsLeft,
  finishErasure,
  forgetGuards,
  openErasures,
  tell,
} from "@switchboard/control/erasure-work";
import type { KeyRing } from "@switchboard/control/key-ring";
import { createAppendEvent } from "@switchboard/execution/append-event";
import { createEraseStates } from "@switchboard/execution/erase-states";
import { createJournalReader } from "@switchboard/execution/journal";
import { partitionOf } from "@switchboard/execution/keys";
import type { JobLock } from "@switchboard/execution/lock";
import { scrubFiles } from "./engine/scrub-files.ts";
import { startErasureJob } from "./jobs/erasure-job.ts";
import type { Job } from "./jobs/keep-trying.ts";
import type { Logger } from "./logger.ts";
import type { RedisClients } from "./redis-clients.ts";

export type ErasureParts = {
  /** Where the local journal lies. */
  localDir: string;
  database: Database;
  keyRing: KeyRing;
  redis: Pick<RedisClients, "jobs">;
  lock: JobLock;
  linesPending: () => boolean;
  logger: Logger;
};

export const startErasures = ({ localDir, database, keyRing, redis, lock, linesPending, logger }: ErasureParts): Job => {
  const { backgroundPool } = database;
  const deps = { backgroundPool, keyRing };
  const append = createAppendEvent(redis.jobs);
  return startErasureJob({
    ...{ lock, linesPending, erasedText, partitionOf, logger },
    open: () => openErasures(deps),
    eraseFromDatabase: (erasure, part) => eraseFromDatabase(deps, erasure, part),
    eraseStates: createEraseStates(redis.jobs),
    scrubFiles: ({ isErased }) => scrubFiles(localDir, (text) => withoutNumbers(text, isErased)),
    count: (erasure, changed) => countChanged(deps, erasure, changed),
    tell: (erasure, waitsFor) => tell(deps, erasure, waitsFor),
    exportsLeft: (erasure) => exportsLeft(deps, erasure),
    finish: (erasure) => finishErasure(deps, erasure),
    forgetGuards: () => forgetGuards(deps),
    markJournal: (tenantId) => append(tenantId, { type: "number_erased" }),
    reader: createJournalReader({ redis: redis.jobs, onPoison: () => undefined }),
  });
};
