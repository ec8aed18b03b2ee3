/** The stores of one fault run: a MariaDB and a Redis of its own that can be frozen, killed and brought back on the same port. */
import { join } from "node:path";
import { startMariadb } from "../../../../scripts/embedded/mariadb.mjs";
import { type EmbeddedServer, startRedis } from "../../../../scripts/embedded/redis.mjs";

export type Store = {
  url: string;
  port: number;
  /** SIGSTOP: it keeps its connections and answers nothing. */
  freeze: () => void;
  thaw: () => void;
  /** kill -9; resolves when it is gone. */
  kill: () => Promise<void>;
  /** After `kill`: the same data on the same port. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
};

export const startStore = async (kind: "redis" | "mariadb", dir: string): Promise<Store> => {
  const start = (port: { port?: number }): Promise<EmbeddedServer> =>
    kind === "redis"
      ? startRedis({ dir: join(dir, kind), ...port })
      : startMariadb({ dir: join(dir, kind), database: "switchboard", ...port });
  let server = await start({});
  const { url, port } = server;
  let running = true;
  const signal = (name: NodeJS.Signals) => process.kill(server.pid, name);
  return {
    url,
    port,
    freeze: () => signal("SIGSTOP"),
    thaw: () => signal("SIGCONT"),
    kill: async () => {
      running = false;
      signal("SIGKILL");
      await server.exited;
    },
    restart: async () => {
      server = await start({ port });
      running = true;
    },
    stop: async () => {
      if (!running) return;
      signal("SIGCONT");
      await server.stop();
    },
  };
};
