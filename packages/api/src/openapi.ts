/** The REST door described in OpenAPI 3.1, made from the procedures themselves. */
import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from "zod-openapi";
import { pathFields, type ReachedProcedure, reachedProcedures } from "./rest-routes.ts";

const errorSchema = z
  .object({
    code: z.string().meta({ examples: ["NOT_FOUND"] }),
    message: z.string(),
    requestId: z.string().nullable(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    references: z.array(z.object({ type: z.string(), id: z.string(), name: z.string() })).optional(),
    stale: z.literal(true).optional(),
  })
  .meta({ id: "Error" });

const json = (schema: z.ZodType) => ({ "application/json": { schema } });

const errorWords = {
  400: "The input can’t be read, or a field is wrong or unknown",
  401: "Nobody is signed in",
  403: "The role does not allow it",
  404: "It isn’t there",
  409: "A conflict: changed meanwhile, taken, or in use",
  422: "A rule of the domain is broken",
  429: "Too many requests",
  503: "A store is away; try again",
} as const;

const responsesOf = ({ route, output }: ReachedProcedure): ZodOpenApiResponsesObject => ({
  [`${route.status}`]: { description: route.status === 201 ? "Created" : "OK", content: json(output) },
  ...Object.fromEntries(Object.entries(errorWords).map(([status, description]) => [status, { description, content: json(errorSchema) }])),
});

/** Those of the fields whose names are (not) among `names`. */
const fieldsOf = ({ shape }: z.ZodObject, names: string[], among: boolean) =>
  z.strictObject(Object.fromEntries(Object.entries(shape).filter(([name]) => names.includes(name) === among)));

const operationOf = (procedure: ReachedProcedure): ZodOpenApiOperationObject => {
  const { name, route, input } = procedure;
  const inPath = pathFields(route);
  const rest = fieldsOf(input, inPath, false);
  const isEmpty = Object.keys(rest.shape).length === 0;
  const inBody = route.method === "POST" || route.method === "PUT";
  return {
    operationId: name.replace(".", "_"),
    tags: [name.split(".")[0] ?? name],
    summary: route.summary,
    security: publicNames.has(name) ? [] : [{ bearer: [] }],
    requestParams: {
      ...(inPath.length === 0 ? {} : { path: fieldsOf(input, inPath, true) }),
      ...(inBody || isEmpty ? {} : { query: rest }),
    },
    ...(inBody && !isEmpty ? { requestBody: { required: true, content: json(rest) } } : {}),
    responses: responsesOf(procedure),
  };
};

/** Those that nobody need be signed in for. */
const publicNames = new Set(["auth.login"]);

export const openApiDocument = (publicUrl: string) => {
  const paths: ZodOpenApiPathsObject = {};
  for (const procedure of reachedProcedures()) {
    const { path, method } = procedure.route;
    const key = `/api${path}`;
    const verb = ({ GET: "get", POST: "post", PUT: "put", DELETE: "delete" } as const)[method];
    paths[key] = { ...paths[key], [verb]: operationOf(procedure) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Switchboard",
      version: "1",
      description:
        "Routes a company’s telephone calls to AI voice agents. Sign in with `POST /api/auth/login`, then send `Authorization: Bearer <accessToken>`.",
    },
    servers: [{ url: publicUrl }],
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
    paths,
  });
};
