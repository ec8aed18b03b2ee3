/** The operators' door for scripts: every procedure at an address of its own below `/api`, with the description that makes it findable. */
import { openApiDocument } from "@switchboard/api/openapi";
import { errorOf } from "@switchboard/api/error-shape";
import { pathFields, type ReachedProcedure, reachedProcedures } from "@switchboard/api/rest-routes";
import { createCaller } from "@switchboard/api/router";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { createContextOf } from "./api-context.ts";
import type { ApiDoorDeps } from "./api-door.ts";

const bodyLimitBytes = 256 * 1024;

const objectBody = z.record(z.string(), z.unknown());
const texts = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

const refused = (message: string) => new TRPCError({ code: "BAD_REQUEST", message });

/** A query has only text: numbers and truth values are read where the schema wants them; what can't be read stays text, and is refused there. */
const readQuery = (query: unknown, { shape }: z.ZodObject): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(texts.parse(query)).map(([name, value]) => [name, typeof value === "string" ? readText(value, shape[name]) : value]),
  );

const readText = (value: string, schema: unknown): unknown => {
  const inner =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable ? schema.unwrap() : schema;
  if (inner !== schema) return readText(value, inner);
  if (inner instanceof z.ZodNumber && /^-?\d{1,15}(\.\d{1,15})?$/.test(value)) return Number(value);
  if (inner instanceof z.ZodBoolean && (value === "true" || value === "false")) return value === "true";
  return value;
};

const readBody = (body: unknown): Record<string, unknown> => {
  const read = objectBody.safeParse(body ?? {});
  if (!read.success) throw refused("Send a JSON object.");
  return read.data;
};

const inputOf = ({ route, input }: ReachedProcedure, request: FastifyRequest): Record<string, unknown> => {
  const fields = route.method === "POST" || route.method === "PUT" ? readBody(request.body) : readQuery(request.query, input);
  const inPath = objectBody.parse(request.params);
  for (const name of pathFields(route)) if (name in fields) throw refused(`${name}: It stands in the address.`);
  return { ...fields, ...inPath };
};

/** A procedure found by its name, as `agents.list` in the router. */
const procedureOf = (caller: ReturnType<typeof createCaller>, name: string): ((input: unknown) => Promise<unknown>) => {
  const found = name.split(".").reduce((place: unknown, part) => Reflect.get(Object(place), part), caller);
  if (typeof found !== "function") throw new Error(`there is no procedure ${name}`);
  return async (input) => found(input);
};

const sendError = (reply: FastifyReply, error: TRPCError, requestId: string) => {
  const { message, data } = errorOf(error, requestId);
  const status = getHTTPStatusCodeFromError(error);
  if (status === 503 || status === 429) reply.header("retry-after", "2");
  const { code, ...rest } = data;
  return reply.code(status).send({ code, message, ...rest });
};

const asTrpcError = (error: unknown): TRPCError =>
  error instanceof TRPCError ? error : new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error });

const codesOfReading: Record<number, TRPCError["code"]> = { 400: "BAD_REQUEST", 413: "PAYLOAD_TOO_LARGE", 415: "UNSUPPORTED_MEDIA_TYPE" };

export const registerRestDoor = async (scope: FastifyInstance, deps: ApiDoorDeps): Promise<void> => {
  const contextOf = createContextOf(deps);
  const { logger } = deps;
  scope.addHook("onSend", async (_request, reply) => void reply.header("cache-control", "no-store"));
  // Bodies that can't be read never reach a procedure.
  scope.setErrorHandler((error: FastifyError, request, reply) => {
    const code = codesOfReading[error.statusCode ?? 500] ?? "INTERNAL_SERVER_ERROR";
    if (code === "INTERNAL_SERVER_ERROR")
      logger.error({ event: "api_failed", path: request.routeOptions.url, requestId: request.id, err: error });
    return sendError(reply, new TRPCError({ code, message: error.message, cause: error }), request.id);
  });

  for (const procedure of reachedProcedures()) {
    const { name, route } = procedure;
    scope.route({
      method: route.method,
      url: `/api${route.path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
      bodyLimit: bodyLimitBytes,
      handler: async (request, reply) => {
        try {
          const caller = createCaller(contextOf({ req: request }));
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

  const description = openApiDocument(deps.publicUrl);
  scope.get("/api/openapi.json", async () => description);
};
