/** Lets clients leave when we stop: the next answer on each connection is its last, and connections that fall idle are closed. */
import type { Server } from "node:http";

const closeIdleEveryMs = 50;

export type Drain = ReturnType<typeof createDrain>;

export const createDrain = (server: Server) => {
  let draining = false;
  let timer: NodeJS.Timeout | undefined;
  server.prependListener("request", (_request, response) => {
    if (draining) response.shouldKeepAlive = false;
  });
  return {
    begin: () => {
      draining = true;
    },
    /** From here on nobody waits for a connection that says nothing: Node keeps those that were busy when it closed. */
    closeIdle: () => {
      timer ??= setInterval(() => server.closeIdleConnections(), closeIdleEveryMs);
    },
    end: () => clearInterval(timer),
  };
};
