/** The typed client: queries in batches over HTTP, live events over one WebSocket that comes back by itself. */
import type { AppRouter } from "@switchboard/api/router";
import { createTRPCReact } from "@trpc/react-query";
import { createWSClient, httpBatchLink, splitLink, wsLink } from "@trpc/client";
import { pagingLink } from "./paging-link.ts";
import { PromptSocket } from "./prompt-socket.ts";
import { session } from "../session/session.ts";

export const trpc = createTRPCReact<AppRouter>();

const socketUrl = () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/trpc`;

/** One socket per session: its context is made when it connects. */
export const createApi = () => {
  const socket = createWSClient({
    url: socketUrl,
    WebSocket: PromptSocket,
    connectionParams: async () => ({ token: (await session.token()) ?? "" }),
    lazy: { enabled: true, closeMs: 1_000 },
    // A dead line shows within three seconds.
    keepAlive: { enabled: true, intervalMs: 1_500, pongTimeoutMs: 1_000 },
    retryDelayMs: (attempt) => Math.min(250 * 2 ** attempt, 5_000),
  });
  const client = trpc.createClient({
    links: [
      pagingLink(),
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: wsLink({ client: socket }),
        false: httpBatchLink({
          url: "/trpc",
          maxItems: 20,
          headers: async () => {
            const token = await session.token();
            return token === null ? {} : { authorization: `Bearer ${token}` };
          },
        }),
      }),
    ],
  });
  return { client, close: () => void socket.close() };
};
