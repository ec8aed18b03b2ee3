/** Exports: how they are ordered, written, downloaded and taken away. */
import type { Actor } from "@switchboard/api/actor";
import type { ExportAccess } from "@switchboard/api/deps";
import type { Bound } from "@switchboard/control/change";
import { filesToRemove, noteRemoved, pruneExports, readyFile, type StoredExport } from "@switchboard/control/export-files";
import { createExports, type ExportName } from "@switchboard/control/exports";
import { createJobQueue } from "@switchboard/execution/job-queue";
import { createJobLock } from "@switchboard/execution/lock";
import { createOnce } from "@switchboard/execution/once";
import { tenantId } from "@switchboard/routing/ids";
import { z } from "zod";
import type { ApiParts } from "./compose-api.ts";
import type { Auth } from "./compose-auth.ts";
import type { DownloadDeps } from "./exports/download-door.ts";
import { createDownloadTickets } from "./exports/download-ticket.ts";
import { createExportAccess } from "./exports/export-access.ts";
import { startExportJobs } from "./exports/export-jobs.ts";
import { openExportStorage } from "./exports/export-storage.ts";
import { writeInProcess } from "./exports/in-process.ts";
import { startExportPurgeJob } from "./jobs/export-purge-job.ts";

type Parts = Pick<ApiParts, "config" | "database" | "keyRing" | "redis" | "logger">;

/** Of all tenants together, in one process. */
const writtenAtOnce = 2;

const nameSchema = z.object({ tenantId: z.string().transform(tenantId), id: z.string() });

export const composeExports = ({ config, database, keyRing, redis, logger }: Parts) => {
  const { exportPlace: place, databaseUrl } = config;
  const { backgroundPool: target } = database;
  const queue = createJobQueue<ExportName>({
    ...{ name: "exports", redis: redis.exports, concurrency: writtenAtOnce, parse: (data) => nameSchema.parse(data) },
    onError: (error) => logger.debug({ event: "export_queue", err: error }),
  });
  const tickets = createDownloadTickets(keyRing.derive("download"), (id) => keyRing.deriveOf("download", id));
  const lock = createJobLock(redis.jobs);
  const storage = () => openExportStorage(place);
  const remove = async (file: StoredExport) => {
    await (await storage()).remove(file);
    await noteRemoved(target, file);
  };

  return {
    accessOf: (bound: Bound, actor: Actor): ExportAccess =>
      createExportAccess({ exports: createExports(bound), queue, tickets, actor, logger }),
    downloads: ({ sessions }: Pick<Auth, "sessions">, boundOf: (actor: Actor) => Bound): DownloadDeps => ({
      tickets,
      once: createOnce(redis.jobs),
      actorOf: sessions.get,
      fileOf: (name) => database.breaker.run(() => readyFile(database.pool, name, Date.now())),
      read: async (file) => (await storage()).read(file),
      note: (actor, id) => createExports(boundOf(actor)).noteDownload(id),
    }),
    start: () => [
      startExportJobs({ queue, lock, target, databaseUrl, place, write: writeInProcess, logger }),
      startExportPurgeJob({
        lock,
        toRemove: (nowMs) => filesToRemove(target, nowMs),
        remove,
        prune: (nowMs) => pruneExports(target, nowMs),
        logger,
      }),
    ],
  };
};

export type ExportParts = ReturnType<typeof composeExports>;
