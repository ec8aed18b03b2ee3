/** Opens the database: Prisma for configuration, raw SQL for what comes in bulk, both bounded in time. */
import { performance } from "node:perf_hooks";
import { PrismaMariaDb } from "@prisma/adapter-mariadb";
import { createPool, type Pool, type PoolConfig } from "mariadb";
import { type Breaker, createBreaker } from "./breaker.ts";
import { isOutage } from "./database-outage.ts";
import { readDatabaseUrl } from "./database-url.ts";
import { type Prisma, PrismaClient } from "../generated/client.ts";
import { rowsOf } from "./sql.ts";

export type Database = {
  prisma: PrismaClient;
  /** For what somebody waits for: a statement silent for a second is given up, which a busy machine still is far from. */
  pool: Pool;
  /** For bulk work off every path (recorder, plan loading, rebuild): long statements, few connections. */
  backgroundPool: Pool;
  /** Around every call that somebody waits for; answers or throws ControlError `unavailable` within 2.5 s. */
  breaker: Breaker;
  /** One transaction that nobody waits for, such as the first start's demo: a slow machine may take its time. */
  unhurried: <Result>(work: (tx: Prisma.TransactionClient) => Promise<Result>) => Promise<Result>;
  /** Resolves when the server answered a query. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
};

export type DatabaseOptions = { connectionLimit?: number };

/** Connects lazily: a server that is away shows at the first query, never here. */
export function createDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { server, database } = readDatabaseUrl(url);
  const shared: PoolConfig = {
    ...server,
    database,
    timezone: "Z",
    connectTimeout: 1000,
    minimumIdle: 1,
    idleTimeout: 60,
    prepareCacheLength: 0,
  };
  const pool = listenToErrors(
    createPool({ ...shared, connectionLimit: options.connectionLimit ?? 10, acquireTimeout: 1000, socketTimeout: 1000 }),
  );
  const background = { connectionLimit: 4, acquireTimeout: 5000, socketTimeout: 20_000, prepareCacheLength: 32 };
  const backgroundPool = listenToErrors(createPool({ ...shared, ...background }));
  // Text protocol: one round trip a query, and nothing prepared that a killed connection would lose.
  const prismaOver = (over: Pool) => new PrismaMariaDb(over, { database, useTextProtocol: true });
  // What is slow is rolled back by `inPrismaTransaction`, sooner and between two statements.
  const prisma = new PrismaClient({ adapter: prismaOver(pool), transactionOptions: { maxWait: 1000, timeout: 20_000 } });
  const breaker = createBreaker({ timeoutMs: 2200, threshold: 3, openMs: 1000, isOutage, now: () => performance.now() });

  return {
    prisma,
    pool,
    backgroundPool,
    breaker,
    async unhurried(work) {
      const patient = new PrismaClient({ adapter: prismaOver(backgroundPool), transactionOptions: { maxWait: 20_000, timeout: 60_000 } });
      try {
        return await patient.$transaction(work);
      } finally {
        await patient.$disconnect();
      }
    },
    async ping() {
      await breaker.run(() => rowsOf(pool, "SELECT 1"));
    },
    async close() {
      await prisma.$disconnect();
      await Promise.all([pool.end(), backgroundPool.end()]);
    },
  };
}

/** An idle connection that breaks raises an `error` event, which without a listener ends the process. */
function listenToErrors(pool: Pool): Pool {
  const ignore = () => {};
  pool.on("connection", (connection) => connection.on("error", ignore));
  // Declared for acquire, connection, enqueue and release only, yet raised.
  if ("addListener" in pool && typeof pool.addListener === "function") pool.addListener("error", ignore);
  return pool;
}
