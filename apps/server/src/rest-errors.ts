/** How the REST door tells of an error: a status, a code and words. */
import { errorOf } from "@switchboard/api/error-shape";
import { retryAfterSecondsOf } from "@switchboard/api/too-many-requests";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { FastifyReply } from "fastify";

export const sendError = (reply: FastifyReply, error: TRPCError, requestId: string) => {
  const { message, data } = errorOf(error, requestId);
  const status = getHTTPStatusCodeFromError(error);
  const retryAfter = retryAfterSecondsOf(error);
  if (retryAfter !== null) reply.header("retry-after", retryAfter);
  const { code, ...rest } = data;
  return reply.code(status).send({ code, message, ...rest });
};

export const asTrpcError = (error: unknown): TRPCError =>
  error instanceof TRPCError ? error : new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error });
