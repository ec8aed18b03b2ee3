/** The door through which an export's file leaves: to whoever may see the export, by their token or by a ticket that is good once. */
import type { Readable } from "node:stream";
import type { Actor } from "@switchboard/api/actor";
import { createCaller } from "@switchboard/api/router";
import type { Export } from "@switchboard/api/schemas/export";
import { ControlError } from "@switchboard/control/control-error";
import type { StoredExport } from "@switchboard/control/export-files";
import type { ExportName } from "@switchboard/control/exports";
import type { Once } from "@switchboard/execution/once";
import { TRPCError } from "@trpc/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { createContextOf } from "../api-context.ts";
import type { ApiDoorDeps } from "../api-door.ts";
import { asTrpcError, sendError } from "../rest-errors.ts";
import { unreadable } from "../rest-input.ts";
import { answerOtherMethods } from "../rest-methods.ts";
import { type DownloadTickets, type Ticket, ticketMs } from "./download-ticket.ts";
import { notReady } from "./export-access.ts";
import { StorageFailure } from "./storage-failure.ts";

export type DownloadDeps = {
  tickets: DownloadTickets;
  once: Once;
  /** Whose session it is, while it is in force. */
  actorOf: (subject: Pick<Ticket, "tenantId" | "sessionId">) => Promise<Actor | null>;
  /** Null: not there any more. */
  fileOf: (name: ExportName) => Promise<StoredExport | null>;
  read: (file: StoredExport) => Promise<Readable>;
  /** Writes down who took it. */
  note: (actor: Actor, id: string) => Promise<void>;
};

const url = "/api/exports/:id/download";
const paramsOf = z.object({ id: z.string().min(1).max(64) });
const queryOf = z.strictObject({ ticket: z.string().max(2_000).optional() });

const notGood = () => new TRPCError({ code: "UNAUTHORIZED", message: "This ticket is not good, or not any more. Ask for another one." });
const away = (cause: unknown, message: string) => new TRPCError({ code: "SERVICE_UNAVAILABLE", message, cause });

/** Used up only when everything else is right, and for ever. */
const useUp = async ({ once }: DownloadDeps, { nonce }: Ticket): Promise<void> => {
  const isFirst = await once(nonce, 2 * ticketMs).catch((error: unknown) => {
    throw away(error, "Tickets can’t be checked at the moment: Redis is away. Please try again soon.");
  });
  if (!isFirst) throw notGood();
};

const nameOf = ({ id, format, createdAt }: Export): string => `calls-${createdAt.slice(0, 10)}-${id.slice(-6)}.${format}`;

const typeOf = { csv: "text/csv; charset=utf-8; header=present", json: "application/json; charset=utf-8" } as const;

/** What is past its day is gone, which says more than that it is not there. */
const refuseUnready = (reply: FastifyReply, status: Exclude<Export["status"], "ready">, requestId: string) => {
  const isGone = status === "expired";
  return reply.code(isGone ? 410 : 409).send({ code: isGone ? "GONE" : "CONFLICT", message: notReady[status], requestId });
};

const opened = async ({ fileOf, read }: DownloadDeps, name: ExportName) => {
  const file = await fileOf(name);
  if (file === null) return null;
  try {
    return { stream: await read(file), bytes: file.bytes };
  } catch (error) {
    if (error instanceof StorageFailure) throw away(error, error.message);
    throw error;
  }
};

export const registerDownloadDoor = async (scope: FastifyInstance, api: ApiDoorDeps, deps: DownloadDeps): Promise<void> => {
  const contextOf = createContextOf(api);

  /** Who asks: by the ticket where there is one, and then by nothing else. */
  const asked = async (request: FastifyRequest, reply: FastifyReply) => {
    const params = paramsOf.safeParse(request.params);
    if (!params.success) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such export." });
    const { id } = params.data;
    const query = queryOf.safeParse(request.query);
    if (!query.success) throw unreadable("This address takes a ticket and nothing else.");
    const context = await contextOf({ req: request, res: reply });
    const { ticket: text } = query.data;
    if (text === undefined) return { id, ticket: null, context };
    const ticket = deps.tickets.read(text, Date.now());
    if (ticket === null || ticket.exportId !== id) throw notGood();
    return { id, ticket, context: { ...context, identify: () => deps.actorOf(ticket) } };
  };

  const download = async (request: FastifyRequest, reply: FastifyReply) => {
    const { id, ticket, context } = await asked(request, reply);
    const found = await createCaller(context).exports.get({ id });
    if (found.status !== "ready") return refuseUnready(reply, found.status, request.id);
    const actor = await context.identify();
    if (actor === null) throw notGood();
    const isForReal = request.method !== "HEAD";
    if (isForReal && ticket !== null) await useUp(deps, ticket);
    const file = await opened(deps, { tenantId: actor.tenantId, id });
    if (file === null) return refuseUnready(reply, "expired", request.id);
    reply.type(typeOf[found.format]).header("content-length", file.bytes);
    reply.header("content-disposition", `attachment; filename="${nameOf(found)}"`);
    if (!isForReal) {
      file.stream.destroy();
      return reply.send();
    }
    await deps.note(actor, id);
    return reply.send(file.stream);
  };

  scope.addHook("onSend", async (_request, reply) => void reply.header("cache-control", "no-store"));
  scope.get(url, async (request, reply) => {
    try {
      return await download(request, reply);
    } catch (thrown) {
      const error = inDoor(thrown);
      if (error.code === "INTERNAL_SERVER_ERROR")
        api.logger.error({ event: "download_failed", requestId: request.id, err: error.cause ?? error });
      return sendError(reply, error, request.id);
    }
  });
  answerOtherMethods(scope, new Map([[url, ["GET"]]]));
};

/** What control throws beside the procedures. */
const inDoor = (thrown: unknown): TRPCError =>
  thrown instanceof ControlError && thrown.kind === "unavailable" ? away(thrown, thrown.message) : asTrpcError(thrown);
