/** What a benchmark works with: a directory of its own and private databases in it, all gone when it is over. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRedisClient } from "@switchboard/execution/client";
import { migrate } from "@switchboard/control/migrate";
import { logTail } from "../../../scripts/embedded/child-process.mjs";
import { startMariadb } from "../../../scripts/embedded/mariadb.mjs";
import { startRedis } from "../../../scripts/embedded/redis.mjs";
import type { Figure } from "./figure.ts";
import { askRedis } from "./redis-figures.ts";

export type RunningServer = { url: string; pid: number };

export type BenchContext = {
  dir: string;
  /** How many calls are asked for; null: as many as the benchmark has by itself. */
  calls: number | null;
  /** One line of progress. */
  say: (line: string) => void;
  startRedis: (name: string) => Promise<RunningServer>;
  /** With the product's schema in it. */
  startDatabase: () => Promise<RunningServer>;
  /** Runs at the end, last registered first. */
  onEnd: (stop: () => Promise<void> | void) => void;
};

export type Benchmark = { describes: string; run: (context: BenchContext) => Promise<Figure[]> };

/** No round is slowed by a rewrite of the append-only file that another round's writes caused. */
const holdRewrites = async (url: string) => {
  const client = createRedisClient({ url, cluster: false, role: "jobs" });
  try {
    await askRedis(client, "CONFIG", "SET", "auto-aof-rewrite-percentage", "0");
  } finally {
    client.disconnect();
  }
};

/** The last words of each program that was started, for when something went wrong. */
const lastWords = (dir: string): string =>
  readdirSync(dir)
    .filter((name) => name.endsWith(".log"))
    .map((name) => `${name}\n${logTail(join(dir, name), 8)}`)
    .join("\n");

export type BenchPlace = { context: BenchContext; lastWords: () => string; end: () => Promise<void> };

export const createBenchContext = (say: (line: string) => void, calls: number | null): BenchPlace => {
  const dir = mkdtempSync(join(tmpdir(), "switchboard-bench-"));
  const stops: (() => Promise<void> | void)[] = [];
  const onEnd = (stop: () => Promise<void> | void) => void stops.push(stop);
  const context: BenchContext = {
    dir,
    calls,
    say,
    onEnd,
    startRedis: async (name) => {
      const server = await startRedis({ dir: join(dir, name) });
      onEnd(server.stop);
      await holdRewrites(server.url);
      return server;
    },
    startDatabase: async () => {
      const server = await startMariadb({ dir: join(dir, "mariadb"), database: "switchboard" });
      onEnd(server.stop);
      await migrate(server.url);
      return server;
    },
  };
  const end = async () => {
    for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return { context, lastWords: () => lastWords(dir), end };
};
