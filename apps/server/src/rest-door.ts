/** The operators' door for scripts: every procedure at an address of its own below `/api`, with the description that makes it findable. */
import { reachedProcedures } from "@switchboard/api/rest-routes";
import { createCaller } from "@switchboard/api/router";
import { TRPCError } from "@trpc/server";
import type { FastifyError, FastifyInstance } from "fastify";
import { createContextOf } from "./api-context.ts";
import type { ApiDoorDeps } from "./api-door.ts";
import { inputOf, readOnlyJson, unreadable } from "./rest-input.ts";
import { asTrpcError, sendError } from "./rest-errors.ts";
import { answerOtherMethods } from "./rest-methods.ts";

const bodyLimitBytes = 256 * 1024;

/** A procedure found by its name, as `agents.list` in the router. */
const procedureOf = (caller: ReturnType<typeof createCaller>, name: string): ((input: unknown) => Promise<unknown>) => {
  const found = name.split(".").reduce((place: unknown, part) => Reflect.get(Object(place), part), caller);
  if (typeof found !== "function") throw new Error(`there is no procedure ${name}`);
  return async (input) => found(input);
};

/** Why a body could not be read. */
const readingError = (error: FastifyError): TRPCError => {
  switch (error.statusCode) {
    case 400:
      return unreadable("This is no JSON that can be read.");
    case 413:
      return new TRPCError({ code: "PAYLOAD_TOO_LARGE", message: `At most ${bodyLimitBytes} bytes.`, cause: error });
    case 415:
      return new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE", message: "Send JSON (Content-Type: application/json).", cause: error });
    default:
      return new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error });
  }
};

export const registerRestDoor = async (scope: FastifyInstance, deps: ApiDoorDeps): Promise<void> => {
  const contextOf = createContextOf(deps);
  const { logger } = deps;
  scope.addHook("onSend", async (_request, reply) => void reply.header("cache-control", "no-store"));
  // Bodies that can't be read never reach a procedure.
  scope.setErrorHandler((error: FastifyError, request, reply) => {
    const told = readingError(error);
    if (told.code === "INTERNAL_SERVER_ERROR")
      logger.error({ event: "api_failed", path: request.routeOptions.url, requestId: request.id, err: error });
    return sendError(reply, told, request.id);
  });

  readOnlyJson(scope);
  const methods = new Map<string, string[]>();
  for (const procedure of reachedProcedures()) {
    const { name, route } = procedure;
    const url = `/api${route.path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
    methods.set(url, [...(methods.get(url) ?? []), route.method]);
    scope.route({
      method: route.method,
      url,
      bodyLimit: bodyLimitBytes,
      handler: async (request, reply) => {
        try {
          const caller = createCaller(await contextOf({ req: request, res: reply }));
          return await reply.code(route.status).send(await procedureOf(caller, name)(inputOf(procedure, request)));
        } catch (thrown) {
          const error = asTrpcError(thrown);
          if (error.code === "INTERNAL_SERVER_ERROR")
            logger.error({ event: "api_failed", path: name, requestId: request.id, err: error.cause ?? error });
          return sendError(reply, error, request.id);
        }
      },
    });
  }
  answerOtherMethods(scope, methods);
  // What is nothing is said to be nothing before anything of it is read.
  scope.route({
    method: scope.supportedMethods,
    url: "/api/*",
    onRequest: async (_request, reply) => reply.callNotFound(),
    handler: (_request, reply) => reply.callNotFound(),
  });
};
