/** What those who run the product ask: does it live, would it answer calls, and its figures. */
import { hash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Metrics } from "./metrics.ts";

export type Readiness = {
  stopping: () => boolean;
  planReady: () => boolean;
  planAgeSeconds: () => number | null;
  redisDecides: () => boolean;
  mysqlAnswers: () => Promise<boolean>;
};

export type OperationsDeps = { readiness: Readiness; metrics: Metrics; metricsToken: string | null };

const forwardingHeaders = ["forwarded", "x-forwarded-for", "x-real-ip"];
const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

const digest = (text: string) => hash("sha256", text, "buffer");

/** A peer on this machine that no proxy speaks for, or one that knows the token. */
const mayReadMetrics = (request: FastifyRequest, token: string | null): boolean => {
  const forwarded = forwardingHeaders.some((name) => request.headers[name] !== undefined);
  if (!forwarded && loopback.has(request.socket.remoteAddress ?? "")) return true;
  const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
  return token !== null && given !== undefined && timingSafeEqual(digest(given), digest(token));
};

export const registerOperations = (app: FastifyInstance, { readiness, metrics, metricsToken }: OperationsDeps) => {
  app.get("/healthz", async () => ({ status: "alive" }));

  app.get("/readyz", async (_request, reply) => {
    const redis = readiness.redisDecides();
    const mysql = await readiness.mysqlAnswers();
    const serving = readiness.planReady() && !readiness.stopping();
    const status = readiness.stopping() ? "stopping" : serving ? (redis && mysql ? "ready" : "degraded") : "starting";
    return reply.code(serving ? 200 : 503).send({ status, redis, mysql, planAgeSeconds: readiness.planAgeSeconds() });
  });

  app.get("/metrics", async (request, reply) => {
    if (!mayReadMetrics(request, metricsToken)) return reply.code(401).send({ code: "UNAUTHORIZED", message: "METRICS_TOKEN is needed." });
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
};
