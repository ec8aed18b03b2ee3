/** The two servers that are compared, each with a Redis of its own: the product as it runs in production, and the bare one. */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../../scripts/embedded/free-port.mjs";
import { serverProcess } from "../../../scripts/setup/server-process.mjs";
import type { BenchContext, RunningServer } from "./bench-context.ts";
import { answers, type NodeProcess, startNode } from "./node-process.ts";

export type Running = NodeProcess & { port: number; redis: RunningServer };

const isServing = (body: string) => body.includes('"ready"') && body.includes('"redis":true');

/** One server process; everything as its defaults have it, its log in a file. */
export const startProduct = async (
  context: BenchContext,
  database: Pick<RunningServer, "url">,
  options: {
    keyRing: string;
    redis?: RunningServer /** Tells two apart on the same stores. */;
    name?: string;
    settings?: Record<string, string>;
  },
): Promise<Running> => {
  const redis = options.redis ?? (await context.startRedis("redis-product"));
  const port = await freePort();
  const { name = "server" } = options;
  const dataDir = join(context.dir, `${name}-data`);
  mkdirSync(dataDir, { recursive: true });
  const server = await startNode({
    file: new URL("../src/main.ts", import.meta.url),
    settings: {
      ...{ NODE_ENV: "production", PORT: String(port), DATA_DIR: dataDir, SEED: "none", LOG_LEVEL: "info" },
      ...{ DATABASE_URL: database.url, REDIS_URL: redis.url, SECRET_KEYS: options.keyRing },
      ...{ ...serverProcess({}), ...options.settings },
    },
    logPath: join(context.dir, `${name}.log`),
    isReady: () => answers(`http://127.0.0.1:${port}/readyz`, isServing),
  });
  context.onEnd(server.stop);
  return { ...server, port, redis };
};

export const startBaseline = async (context: BenchContext): Promise<Running> => {
  const redis = await context.startRedis("redis-baseline");
  const port = await freePort();
  const server = await startNode({
    file: new URL("./baseline-server.ts", import.meta.url),
    args: [String(port), redis.url],
    settings: { NODE_ENV: "production" },
    logPath: join(context.dir, "baseline.log"),
    isReady: () => answers(`http://127.0.0.1:${port}/healthz`),
  });
  context.onEnd(server.stop);
  return { ...server, port, redis };
};

export const newKeyRing = (): string => `bench:${randomBytes(32).toString("base64")}`;
