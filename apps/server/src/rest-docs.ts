/** The REST door's description, for programs at `/api/openapi.json` and for people at `/api/docs`. */
import fastifySwagger from "@fastify/swagger";
import fastifySwaggerUi from "@fastify/swagger-ui";
import { openApiDocument } from "@switchboard/api/openapi";
import type { FastifyInstance } from "fastify";

export const registerRestDocs = async (scope: FastifyInstance, publicUrl: string): Promise<void> => {
  const document = openApiDocument(publicUrl);
  scope.get("/api/openapi.json", async () => document);
  // The page wants the other plugin beside it, whose types know no 3.1: it gets the bare frame, and the page the document.
  await scope.register(fastifySwagger, {
    mode: "static",
    specification: { document: { openapi: "3.1.0", info: document.info, paths: {} } },
  });
  await scope.register(fastifySwaggerUi, {
    routePrefix: "/api/docs",
    transformSpecification: () => ({ ...document }),
    theme: { title: "Switchboard API" },
    // Without the bar on top, which would load descriptions from anywhere.
    uiConfig: { layout: "BaseLayout", docExpansion: "list", defaultModelsExpandDepth: 0, displayRequestDuration: true },
  });
};
