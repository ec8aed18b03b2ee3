/** Keeps open sockets from doing harm: those that don't read are dropped, and all are told when the process stops. */
import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { WebSocket } from "ws";

const lookEveryMs = 1_000;
/** More than this, and what has no end waits. */
const comfortableBytes = 128 * 1024;
const askAgainMs = 20;
const longestUnreadMs = 10_000;
const mostUnreadBytes = 1024 * 1024;
const farewellMs = 1_000;
/** Clients take it as a restart: they come back by themselves and resume. */
const restartCode = 1012;

/** Resolves when little is left unread on the socket, or it has closed. */
export const caughtUp = async (socket: WebSocket, gone: AbortSignal): Promise<void> => {
  while (socket.bufferedAmount > comfortableBytes && socket.readyState === socket.OPEN && !gone.aborted)
    await pause(askAgainMs, undefined, { signal: gone }).catch(() => undefined);
};

/** Ends sockets whose other side doesn't read, before they fill our memory; the client comes back and resumes. */
export const dropSlowSockets = (scope: FastifyInstance) => {
  const behindSince = new WeakMap<WebSocket, number>();
  const isLost = (socket: WebSocket): boolean => {
    if (socket.bufferedAmount <= comfortableBytes) {
      behindSince.delete(socket);
      return false;
    }
    const now = performance.now();
    const since = behindSince.get(socket) ?? now;
    behindSince.set(socket, since);
    return socket.bufferedAmount > mostUnreadBytes || now - since > longestUnreadMs;
  };
  const timer = setInterval(() => {
    for (const socket of scope.websocketServer.clients) if (isLost(socket)) socket.terminate();
  }, lookEveryMs);
  timer.unref();
  scope.addHook("onClose", async () => clearInterval(timer));
};

/** Says goodbye, waits a moment for the answers, and leaves. */
export const closeSockets = (scope: FastifyInstance, done: () => void) => {
  const { websocketServer } = scope;
  for (const socket of websocketServer.clients) socket.close(restartCode);
  const timer = setTimeout(() => {
    for (const socket of websocketServer.clients) socket.terminate();
  }, farewellMs);
  websocketServer.close(() => {
    clearTimeout(timer);
    done();
  });
};
