/** The operators' door: tRPC at `/trpc`, over HTTP and WebSocket. */
import fastifyWebsocket from "@fastify/websocket";
import type { ApiContext } from "@switchboard/api/context";
import { appRouter } from "@switchboard/api/router";
import { retryAfterSecondsOf } from "@switchboard/api/too-many-requests";
import type { TRPCError } from "@trpc/server";
import { fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import type { FastifyInstance, FastifyReply } from "fastify";
import { type ContextDeps, createContextOf } from "./api-context.ts";
import type { Logger } from "./logger.ts";
import { isAllowedOrigin } from "./origin.ts";
import { closeSockets, dropSlowSockets } from "./sockets.ts";
import { watchStreams } from "./streams.ts";

export type ApiDoorDeps = ContextDeps & { publicUrl: string; logger: Logger };

const bodyLimitBytes = 256 * 1024;
const frameLimitBytes = 64 * 1024;
const longestBatch = 20;

const answerHeaders = (errors: readonly TRPCError[]): Record<string, string> => {
  const retryAfter = Math.max(...errors.map((error) => retryAfterSecondsOf(error) ?? 0), 0);
  return { "cache-control": "no-store", ...(retryAfter > 0 ? { "retry-after": String(retryAfter) } : {}) };
};

const refuse = (reply: FastifyReply, status: number, code: string, message: string) => reply.code(status).send({ code, message });

/** Only JSON changes anything, which no page of another site can send unasked; and no other site's page opens a socket. */
const guard = (scope: FastifyInstance, { publicUrl, addresses }: ApiDoorDeps) => {
  let isClosing = false;
  scope.addHook("preClose", async () => {
    isClosing = true;
  });
  scope.addHook("onRequest", async (request, reply) => {
    const { origin, host, upgrade } = request.headers;
    // Who comes back at once must find the next process, not this one's last second.
    if (upgrade !== undefined && isClosing)
      return refuse(reply, 503, "SERVICE_UNAVAILABLE", "This process is stopping. Please connect again.");
    if (upgrade !== undefined && !isAllowedOrigin({ origin, host, publicUrl })) {
      return refuse(reply, 403, "FORBIDDEN", "This page may not connect here.");
    }
    if (upgrade !== undefined) addresses.set(request.raw, request.ip);
    if (request.method === "POST" && !/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "")) {
      return refuse(reply, 415, "UNSUPPORTED_MEDIA_TYPE", "Send JSON (Content-Type: application/json).");
    }
  });
  // A client with nothing to say sends no body at all, which the adapter can't read.
  scope.addHook("preHandler", async (request) => {
    if (request.body === "") request.body = "{}";
  });
  scope.addHook("onRoute", (route) => {
    route.bodyLimit = bodyLimitBytes;
  });
};

export const registerApiDoor = async (scope: FastifyInstance, deps: ApiDoorDeps): Promise<void> => {
  await scope.register(fastifyWebsocket, {
    options: { maxPayload: frameLimitBytes },
    preClose: (done: () => void) => closeSockets(scope, done),
  });
  dropSlowSockets(scope);
  watchStreams(scope);
  // Behind the plugin's own hook, which marks upgrades: the connection of one that is refused is closed by it.
  guard(scope, deps);
  const trpcOptions = {
    router: appRouter,
    createContext: createContextOf(deps),
    maxBatchSize: longestBatch,
    keepAlive: { enabled: true, pingMs: 20_000, pongWaitMs: 5_000 },
    responseMeta: ({ errors, type }: { errors: readonly TRPCError[]; type: string }) => ({
      // Compressed on the way, events would be held back until there is enough of them.
      headers: { ...answerHeaders(errors), ...(type === "subscription" ? { "cache-control": "no-store, no-transform" } : {}) },
    }),
    onError: ({ error, path, ctx }: { error: TRPCError; path: string | undefined; ctx: ApiContext | undefined }) => {
      if (error.code !== "INTERNAL_SERVER_ERROR") return;
      deps.logger.error({ event: "api_failed", path, requestId: ctx?.requestId, err: error.cause ?? error });
    },
  };
  await scope.register(fastifyTRPCPlugin, { prefix: "/trpc", useWSS: true, trpcOptions });
};
