/** Has exports written in the background: one at a time for each tenant, whatever process takes it, and again after whatever went wrong. */
import { createExportWork, unfinishedExports } from "@switchboard/control/export-work";
import type { ExportName } from "@switchboard/control/exports";
import type { Queryable } from "@switchboard/control/sql";
import type { JobEnd, JobQueue } from "@switchboard/execution/job-queue";
import type { JobLock } from "@switchboard/execution/lock";
import type { ExportPlace } from "../config.ts";
import { type Job, keepTrying } from "../jobs/keep-trying.ts";
import type { Logger } from "../logger.ts";
import type { ExportTold, WriteInProcess } from "./in-process.ts";

export type ExportJobsDeps = {
  queue: JobQueue<ExportName>;
  lock: JobLock;
  target: Queryable;
  databaseUrl: string;
  place: ExportPlace;
  write: WriteInProcess;
  logger: Logger;
};

const lockTtlMs = 5_000;
/** What no queue remembers (Redis was wiped, or away when it was ordered) is found after this long. */
const lookEveryMs = 5_000;

export const startExportJobs = ({ queue, lock, target, databaseUrl, place, write, logger }: ExportJobsDeps): Job => {
  /** The process itself broke: it would do so again. */
  const giveUp = async (name: ExportName, fence: number, error: unknown): Promise<ExportTold> => {
    const problem = "Something went wrong on our side while it was written.";
    await createExportWork(target, name, fence).fail(problem, Date.now());
    return { kind: "failed", problem, cause: error };
  };

  const written = async (name: ExportName, stopping: AbortSignal): Promise<JobEnd> => {
    const outcome = await lock.withLock(`export:${name.tenantId}`, lockTtlMs, ({ token }, lost) =>
      write({ databaseUrl, place, name, fence: token }, AbortSignal.any([stopping, lost])).catch((error: unknown) =>
        giveUp(name, token, error),
      ),
    );
    if (outcome.kind === "held_elsewhere") return "again";
    const { id, tenantId } = name;
    switch (outcome.value.kind) {
      case "ready":
        logger.info({ event: "export_ready", tenant: tenantId, export: id, rows: outcome.value.rows });
        return "done";
      case "failed":
        logger.warn({ event: "export_failed", tenant: tenantId, export: id, problem: outcome.value.problem, cause: outcome.value.cause });
        return "done";
      case "not_ours":
        return "done";
      case "interrupted":
        if (outcome.value.cause !== null)
          logger.warn({ event: "export_interrupted", tenant: tenantId, export: id, cause: outcome.value.cause });
        return "again";
    }
  };

  queue.start(written);
  const looking = keepTrying("exports", lookEveryMs, logger, async (signal) => {
    for (const name of await unfinishedExports(target)) {
      if (signal.aborted) return;
      await queue.add(name.id, name);
    }
  });
  return {
    stop: async () => {
      await Promise.all([looking.stop(), queue.stop()]);
    },
  };
};
