/** Keeps open sockets from doing harm: those that don't read are dropped, and all are told when the process stops. */
import type { FastifyInstance } from "fastify";

const lookEveryMs = 1_000;
const mostUnreadBytes = 1024 * 1024;
const farewellMs = 1_000;
/** Clients take it as a restart: they come back by themselves and resume. */
const restartCode = 1012;

/** Ends sockets whose other side doesn't read, before they fill our memory; the client comes back and resumes. */
export const dropSlowSockets = (scope: FastifyInstance) => {
  const timer = setInterval(() => {
    for (const socket of scope.websocketServer.clients) if (socket.bufferedAmount > mostUnreadBytes) socket.terminate();
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
