/** Serves the built console: its hashed files for a year and compressed beforehand, its one page never from a cache. */
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { answerUnknownPath, isWebhookPath } from "./webhook/webhook-door.ts";

/** Their names change with what is in them. */
const isHashed = (path: string): boolean => /[/\\]assets[/\\][^/\\]+$/.test(path);

const cacheControl = (path: string): string => (isHashed(path) ? "public, max-age=31536000, immutable" : "no-cache");

export const registerConsole = async (app: FastifyInstance, directory: string): Promise<void> => {
  await app.register(fastifyStatic, {
    root: directory,
    // Looked up when they are asked for: a build that replaces this one is served without a restart.
    wildcard: true,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => void reply.header("cache-control", cacheControl(path)),
  });
  app.setNotFoundHandler((request, reply) => {
    if (isWebhookPath(request.url)) return answerUnknownPath(request, reply);
    const [path = ""] = request.url.split("?");
    const isPage = request.method === "GET" && !/^\/(api|trpc)(\/|$)/.test(path) && !/\.[a-z0-9]+$/i.test(path);
    // Every page of the console is the same file; it reads the address itself.
    if (isPage) return reply.sendFile("index.html");
    reply.header("cache-control", "no-store");
    return reply.code(404).send({ code: "NOT_FOUND", message: "There is nothing at this address.", requestId: request.id });
  });
};
