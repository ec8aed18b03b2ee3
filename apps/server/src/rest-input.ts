/** Reads what a script sent: the fields of an input from the address, the query and the body; what isn't asked for is refused. */
import { pathFields, type ReachedProcedure } from "@switchboard/api/rest-routes";
import { TRPCError } from "@trpc/server";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";

const objectBody = z.record(z.string(), z.unknown(), "Send a JSON object.");
const texts = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const nothing = z.strictObject({});

/** The input can't be read, in words at a field; the whole of it where `path` is empty. */
export const unreadable = (message: string, path: string[] = []): TRPCError =>
  new TRPCError({ code: "BAD_REQUEST", cause: new z.ZodRealError([{ code: "custom", path, message, input: undefined }]) });

const read = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new TRPCError({ code: "BAD_REQUEST", cause: result.error });
};

/** A query has only text: numbers, truth values and lists (repeated, or with commas) are read where the schema wants them; what can't be read stays text, and is refused there. */
const readQuery = (query: unknown, { shape }: z.ZodObject): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(read(texts, query)).map(([name, value]) => {
      if (within(shape[name]) instanceof z.ZodArray) return [name, [value].flat().flatMap((text) => text.split(","))];
      return [name, typeof value === "string" ? readText(value, shape[name]) : value];
    }),
  );

/** What a field holds that may be absent or null. */
const within = (schema: unknown): unknown =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable ? within(schema.unwrap()) : schema;

const readText = (value: string, schema: unknown): unknown => {
  const inner = within(schema);
  if (inner instanceof z.ZodNumber && /^-?\d{1,15}(\.\d{1,15})?$/.test(value)) return Number(value);
  if (inner instanceof z.ZodBoolean && (value === "true" || value === "false")) return value === "true";
  return value;
};

/** Schemas pass over this name as if it weren't there. */
const refusePrototype = (query: unknown): void => {
  if (Object.hasOwn(Object(query), "__proto__")) throw unreadable('Unrecognized key: "__proto__"');
};

const fieldsOf = ({ route, input }: ReachedProcedure, { query, body }: FastifyRequest): Record<string, unknown> => {
  refusePrototype(query);
  if (route.method === "POST" || route.method === "PUT") {
    read(nothing, query);
    return read(objectBody, body ?? {});
  }
  read(nothing, body ?? {});
  return readQuery(query, input);
};

export const inputOf = (procedure: ReachedProcedure, request: FastifyRequest): Record<string, unknown> => {
  const fields = fieldsOf(procedure, request);
  for (const name of pathFields(procedure.route)) if (Object.hasOwn(fields, name)) throw unreadable("It stands in the address.", [name]);
  return { ...fields, ...read(objectBody, request.params) };
};

/** JSON and nothing else, which no page of another site can send unasked. No body at all is no error: not every change takes one. */
export const readOnlyJson = (scope: FastifyInstance): void => {
  const parse = scope.getDefaultJsonParser("error", "error");
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) =>
    body === "" ? done(null, undefined) : parse(request, String(body), done),
  );
};
