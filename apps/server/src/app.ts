/** Builds the HTTP application: the platform's door, the operators' door, the console and the operations routes, side by side. */
import { randomUUID } from "node:crypto";
import { METHODS } from "node:http";
import fastifyCookie from "@fastify/cookie";
import fastifyHelmet from "@fastify/helmet";
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from "fastify";
import { type ApiDoorDeps, registerApiDoor } from "./api-door.ts";
import { registerConsole } from "./console-files.ts";
import { type DownloadDeps, registerDownloadDoor } from "./exports/download-door.ts";
import type { Logger } from "./logger.ts";
import { type OperationsDeps, registerOperations } from "./operations/routes.ts";
import { registerRestDocs } from "./rest-docs.ts";
import { registerRestDoor } from "./rest-door.ts";
import { answerUnknownPath, isWebhookPath, registerWebhookDoor, type WebhookDoorDeps } from "./webhook/webhook-door.ts";

export type AppDeps = {
  webhook: WebhookDoorDeps;
  api: ApiDoorDeps;
  downloads: DownloadDeps;
  operations: OperationsDeps;
  /** Folder of the built console. */
  consoleDirectory: string;
  trustProxy: boolean | number | string;
  logger: Logger;
};

const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'", "ws:", "wss:"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
  },
};

/** Every method Node reads gets to the door, so that it answers 405 itself. */
const acceptEveryMethod = (app: FastifyInstance) => {
  for (const method of METHODS) {
    if (method !== "CONNECT" && !app.supportedMethods.includes(method)) app.addHttpMethod(method, { hasBody: true });
  }
};

export const buildApp = async (deps: AppDeps): Promise<FastifyInstance> => {
  const hops = deps.trustProxy;
  const app = Fastify({
    logger: false,
    trustProxy: typeof hops === "number" ? (_address, hop) => hop < hops : hops,
    requestTimeout: 10_000,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 5_000, ignoreTrailingSlash: true },
    forceCloseConnections: "idle",
    // Whoever asks on a connection that is still open while we stop is answered: the platform has nowhere else to ask.
    return503OnClosing: false,
    frameworkErrors: (_error, request, reply: FastifyReply) => {
      if (isWebhookPath(request.url)) return answerUnknownPath(request, reply);
      return reply.code(400).send({ code: "BAD_REQUEST", message: "The address can't be read." });
    },
  });
  acceptEveryMethod(app);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) deps.logger.error({ event: "request_failed", requestId: request.id, err: error });
    const message = status < 500 ? error.message : `Something went wrong here. Request ${request.id}.`;
    return reply.code(status).send({ code: status < 500 ? "BAD_REQUEST" : "INTERNAL", message });
  });
  await app.register(async (scope) => registerWebhookDoor(scope, deps.webhook));
  // What browsers visit, in a scope of its own: the platform needs none of their headers, which would be a tenth of a call's work.
  await app.register(async (site) => {
    await site.register(fastifyHelmet, { contentSecurityPolicy, hsts: false });
    await site.register(fastifyCookie);
    await site.register(async (scope) => registerApiDoor(scope, deps.api));
    await site.register(async (scope) => registerRestDoor(scope, deps.api));
    await site.register(async (scope) => registerDownloadDoor(scope, deps.api, deps.downloads));
    await site.register(async (scope) => registerRestDocs(scope, deps.api.publicUrl));
    await site.register(async (scope) => registerOperations(scope, deps.operations));
    await registerConsole(site, deps.consoleDirectory);
  });
  return app;
};
