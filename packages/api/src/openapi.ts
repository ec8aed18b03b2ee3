/** The REST door described in OpenAPI 3.1, made from the procedures themselves. */
import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from "zod-openapi";
import { downloadOperation, downloadPath } from "./openapi-download.ts";
import type { Access, RestRoute } from "./rest-route.ts";
import { pathFields, type ReachedProcedure, reachedProcedures } from "./rest-routes.ts";

const errorSchema = z
  .object({
    code: z.string().meta({ examples: ["NOT_FOUND"] }),
    message: z.string().meta({ description: "For people." }),
    requestId: z.string().nullable().meta({ description: "Name it when you ask us about this." }),
    issues: z
      .array(z.object({ path: z.string().meta({ examples: ["members.0.agentId"] }), message: z.string() }))
      .optional()
      .meta({ description: "What is wrong, field by field; an empty path is the whole input." }),
    references: z
      .array(z.object({ type: z.string(), id: z.string(), name: z.string() }))
      .optional()
      .meta({ description: "What uses the thing that was to be deleted." }),
    stale: z.literal(true).optional().meta({ description: "Somebody changed the thing meanwhile: read it anew." }),
  })
  .meta({ id: "Error" });

const json = (schema: z.ZodType) => ({ "application/json": { schema } });

const errorWords = {
  400: "The input can’t be read, or a field is wrong or unknown",
  401: "Nobody is signed in",
  403: "The role does not allow it, or the page that asks is another site’s",
  404: "It isn’t there, or something that the input names isn’t",
  409: "A conflict: changed meanwhile, taken, or in use",
  410: "It was there, and is kept no longer",
  413: "More than 256 KiB",
  415: "Not JSON",
  422: "A rule of the domain is broken",
  429: "Too many requests",
  500: "Our own fault",
  503: "A store is away; try again",
} as const;
export type ErrorStatus = keyof typeof errorWords;

const hasBody = ({ method }: RestRoute): boolean => method === "POST" || method === "PUT";

/** Which errors a procedure can end in. */
const errorsOf = ({ route, access, input }: ReachedProcedure): ErrorStatus[] => {
  const changes = route.method !== "GET";
  const named: [ErrorStatus, boolean][] = [
    [400, true],
    [401, true],
    [403, access !== "signed_in"],
    [404, changes || pathFields(route).length > 0],
    [409, changes],
    [413, hasBody(route)],
    [415, hasBody(route)],
    [422, Object.keys(input.shape).length > 0],
    [429, true],
    [500, true],
    [503, true],
  ];
  return named.filter(([, can]) => can).map(([status]) => status);
};

const retryAfter = { "Retry-After": { description: "Seconds to wait", schema: { type: "integer" as const } } };

const errorResponse = (status: ErrorStatus) => ({
  description: errorWords[status],
  ...(status === 429 || status === 503 ? { headers: retryAfter } : {}),
  content: json(errorSchema),
});

const responsesOf = (procedure: ReachedProcedure): ZodOpenApiResponsesObject => {
  const { status } = procedure.route;
  return {
    [`${status}`]: { description: status === 201 ? "Created" : "OK", content: json(procedure.output) },
    ...Object.fromEntries(errorsOf(procedure).map((each) => [`${each}`, errorResponse(each)])),
  };
};

/** Those of the fields whose names are (not) among `names`. */
const fieldsOf = ({ shape }: z.ZodObject, names: string[], among: boolean) =>
  z.strictObject(Object.fromEntries(Object.entries(shape).filter(([name]) => names.includes(name) === among)));

/** Of a scheme that isn't OAuth the list names roles. */
const securityOf: Record<Access, Record<string, string[]>[]> = { public: [], signed_in: [{ bearer: [] }], admin: [{ bearer: ["admin"] }] };
const accessWords: Record<Access, string> = {
  public: "Nobody need be signed in.",
  signed_in: "For everybody who is signed in.",
  admin: "For admins.",
};

const operationOf = (procedure: ReachedProcedure): ZodOpenApiOperationObject => {
  const { name, route, access, input } = procedure;
  const inPath = pathFields(route);
  const rest = fieldsOf(input, inPath, false);
  const isEmpty = Object.keys(rest.shape).length === 0;
  const isRequired = !rest.safeParse({}).success;
  return {
    operationId: name.replace(".", "_"),
    tags: [name.split(".")[0] ?? name],
    summary: route.summary,
    description: accessWords[access],
    security: securityOf[access],
    requestParams: {
      ...(inPath.length === 0 ? {} : { path: fieldsOf(input, inPath, true) }),
      ...(hasBody(route) || isEmpty ? {} : { query: rest }),
    },
    ...(hasBody(route) && !isEmpty ? { requestBody: { required: isRequired, content: json(rest) } } : {}),
    responses: responsesOf(procedure),
  };
};

const verbs = { GET: "get", POST: "post", PUT: "put", DELETE: "delete" } as const;

const introduction = `Routes a company’s telephone calls to AI voice agents.

Sign in with \`POST /api/auth/login\`, then send \`Authorization: Bearer <accessToken>\`. Lists answer \`{ items, nextCursor }\`; send
\`nextCursor\` as \`cursor\` for the next page. A change sends the \`version\` that was read last, and is refused with 409 if somebody was
faster. Fields that are not named here are refused.`;

export const openApiDocument = (publicUrl: string) => {
  const paths: ZodOpenApiPathsObject = {};
  for (const procedure of reachedProcedures()) {
    const { path, method } = procedure.route;
    const key = `/api${path}`;
    paths[key] = { ...paths[key], [verbs[method]]: operationOf(procedure) };
  }
  paths[downloadPath] = { get: downloadOperation(errorResponse) };
  return createDocument({
    openapi: "3.1.0",
    info: { title: "Switchboard", version: "1", description: introduction },
    servers: [{ url: publicUrl }],
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
    paths,
  });
};
