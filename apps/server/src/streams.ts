/** Keeps answers that never end (events, over SSE) from doing harm: those that nobody reads are cut, and all are when the process stops. */
import type { ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";

const lookEveryMs = 1_000;
const longestUnreadMs = 10_000;

const isStream = (accept: string | undefined): boolean => accept?.includes("text/event-stream") === true;

/** The client of one that is cut comes back by itself and resumes. */
export const watchStreams = (scope: FastifyInstance) => {
  /** Each with since when it has been waiting for its reader; null while it isn't. */
  const streams = new Map<ServerResponse, number | null>();
  scope.addHook("onRequest", async (request, reply) => {
    if (!isStream(request.headers.accept)) return;
    streams.set(reply.raw, null);
    reply.raw.once("close", () => streams.delete(reply.raw));
  });
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [stream, since] of streams) {
      if (!stream.writableNeedDrain) streams.set(stream, null);
      else if (since === null) streams.set(stream, now);
      else if (now - since > longestUnreadMs) stream.destroy();
    }
  }, lookEveryMs);
  timer.unref();
  scope.addHook("preClose", async () => {
    clearInterval(timer);
    for (const stream of streams.keys()) stream.destroy();
  });
};
