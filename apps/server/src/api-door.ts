/** The operators' door: tRPC at `/trpc`, over HTTP and WebSocket. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import fastifyWebsocket from "@fastify/websocket";
import type { Actor } from "@switchboard/api/actor";
import type { ApiContext } from "@switchboard/api/context";
import type { ApiDeps, RequestMeta } from "@switchboard/api/deps";
import { appRouter } from "@switchboard/api/router";
import type { TRPCError } from "@trpc/server";
import { fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "./logger.ts";
import { isAllowedOrigin } from "./origin.ts";
import { closeSockets, dropSlowSockets } from "./sockets.ts";

export type ApiDoorDeps = {
  api: ApiDeps;
  /** Whose token it is; null for one that is not good. */
  identify: (token: string) => Promise<Actor | null>;
  publicUrl: string;
  logger: Logger;
};

const bodyLimitBytes = 256 * 1024;
const frameLimitBytes = 64 * 1024;
const longestBatch = 20;

type Caller = { token: string | null; meta: RequestMeta; requestId: string };
/** A request over HTTP, or what opened a WebSocket. */
type Incoming = { req: FastifyRequest | IncomingMessage; info: { connectionParams: Record<string, unknown> | null } };

const bearerOf = (header: string | undefined): string | null => /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1] ?? null;

const callerOf = ({ req, info }: Incoming): Caller => {
  const given = info.connectionParams?.["token"];
  const isRequest = "ip" in req;
  return {
    token: typeof given === "string" && given !== "" ? given : bearerOf(req.headers.authorization),
    meta: { address: isRequest ? req.ip : (req.socket.remoteAddress ?? ""), userAgent: req.headers["user-agent"] ?? null },
    requestId: isRequest ? req.id : randomUUID(),
  };
};

const createContextOf =
  ({ api, identify }: ApiDoorDeps) =>
  (incoming: Incoming): ApiContext => {
    const { token, meta, requestId } = callerOf(incoming);
    return { identify: async () => (token === null ? null : identify(token)), requestId, meta, deps: api };
  };

const answerHeaders = (errors: readonly TRPCError[]): Record<string, string> => {
  const isLater = errors.some(({ code }) => code === "SERVICE_UNAVAILABLE" || code === "TOO_MANY_REQUESTS");
  return { "cache-control": "no-store", ...(isLater ? { "retry-after": "2" } : {}) };
};

const refuse = (reply: FastifyReply, status: number, code: string, message: string) => reply.code(status).send({ code, message });

/** Only JSON changes anything, which no page of another site can send unasked; and no other site's page opens a socket. */
const guard = (scope: FastifyInstance, publicUrl: string) => {
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
    if (request.method === "POST" && !/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "")) {
      return refuse(reply, 415, "UNSUPPORTED_MEDIA_TYPE", "Send JSON (Content-Type: application/json).");
    }
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
  // Behind the plugin's own hook, which marks upgrades: the connection of one that is refused is closed by it.
  guard(scope, deps.publicUrl);
  const trpcOptions = {
    router: appRouter,
    createContext: createContextOf(deps),
    maxBatchSize: longestBatch,
    keepAlive: { enabled: true, pingMs: 20_000, pongWaitMs: 5_000 },
    responseMeta: ({ errors }: { errors: readonly TRPCError[] }) => ({ headers: answerHeaders(errors) }),
    onError: ({ error, path, ctx }: { error: TRPCError; path: string | undefined; ctx: ApiContext | undefined }) => {
      if (error.code !== "INTERNAL_SERVER_ERROR") return;
      deps.logger.error({ event: "api_failed", path, requestId: ctx?.requestId, err: error.cause ?? error });
    },
  };
  await scope.register(fastifyTRPCPlugin, { prefix: "/trpc", useWSS: true, trpcOptions });
};
