/** The one address whose answer is a file and no JSON, described beside the procedures. */
import { z } from "zod";
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from "zod-openapi";
import type { ErrorStatus } from "./openapi.ts";
import { idInput } from "./schemas/paging.ts";

export const downloadPath = "/api/exports/{id}/download";

const errors: ErrorStatus[] = [400, 401, 403, 404, 409, 410, 429, 500, 503];

export const downloadOperation = (errorResponse: (status: ErrorStatus) => ZodOpenApiResponseObject): ZodOpenApiOperationObject => ({
  operationId: "exports_download",
  tags: ["exports"],
  summary: "The file of an export that is ready",
  description: "For admins: with their token, or with a ticket in its place, which is good once and for a minute.",
  security: [{ bearer: ["admin"] }, {}],
  requestParams: {
    path: z.object({ id: idInput }),
    query: z.object({ ticket: z.string().optional().meta({ description: "From `POST /api/exports/{id}/ticket`." }) }),
  },
  responses: {
    "200": {
      description: "The whole file",
      content: {
        "text/csv": { schema: { type: "string" } },
        "application/json": { schema: { type: "array", items: { type: "object" } } },
      },
    },
    ...Object.fromEntries(errors.map((status) => [`${status}`, errorResponse(status)])),
  },
});
