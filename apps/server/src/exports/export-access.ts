/** Exports as one signed-in admin reaches them: ordered while there is somebody to write them, downloaded with a ticket. */
import type { Actor } from "@switchboard/api/actor";
import type { ExportAccess } from "@switchboard/api/deps";
import { ControlError } from "@switchboard/control/control-error";
import type { ExportName, Exports } from "@switchboard/control/exports";
import type { JobQueue } from "@switchboard/execution/job-queue";
import type { Logger } from "../logger.ts";
import { type DownloadTickets, ticketMs } from "./download-ticket.ts";

export type ExportAccessDeps = {
  exports: Exports;
  queue: Pick<JobQueue<ExportName>, "isOpen" | "add">;
  tickets: DownloadTickets;
  actor: Actor;
  logger: Logger;
};

export const createExportAccess = ({ exports, queue, tickets, actor, logger }: ExportAccessDeps): ExportAccess => {
  const { tenantId, sessionId } = actor;
  return {
    list: exports.list,
    get: exports.get,
    cancel: exports.cancel,
    create: async (order) => {
      if (!(await queue.isOpen()))
        throw new ControlError("unavailable", "Exports can’t be written at the moment: Redis is away. Please try again soon.");
      const made = await exports.create(order);
      // It is kept: whoever looks for what is unfinished finds it, a few seconds later.
      await queue
        .add(made.id, { tenantId, id: made.id })
        .catch((error: unknown) => logger.warn({ event: "export_not_queued", export: made.id, err: error }));
      return made;
    },
    ticket: async (id) => {
      const { status } = await exports.get(id);
      if (status !== "ready") throw new ControlError("conflict", notReady[status]);
      const now = Date.now();
      const ticket = tickets.mint({ tenantId, sessionId, exportId: id }, now);
      return { url: `/api/exports/${id}/download?ticket=${ticket}`, expiresAt: new Date(now + ticketMs).toISOString() };
    },
  };
};

/** Why there is nothing to download. */
export const notReady = {
  queued: "This export has not begun yet.",
  running: "This export is still being written.",
  failed: "This export failed: there is no file.",
  canceled: "This export was canceled: there is no file.",
  expired: "This export’s file is gone: it is kept for a day. Order it again.",
} as const;
