/** Ends sockets whose other side doesn't read, before they fill our memory; the client comes back and resumes. */
import type { FastifyInstance } from "fastify";

const lookEveryMs = 1_000;
const mostUnreadBytes = 1024 * 1024;

/** `scope` has the WebSocket plugin. */
export const dropSlowSockets = (scope: FastifyInstance) => {
  const timer = setInterval(() => {
    for (const socket of scope.websocketServer.clients) if (socket.bufferedAmount > mostUnreadBytes) socket.terminate();
  }, lookEveryMs);
  timer.unref();
  scope.addHook("onClose", async () => clearInterval(timer));
};
