/** Connections for writing exports, away from those that somebody waits for and without what only configuration needs. */
import { createPool, type Pool } from "mariadb";
import { readDatabaseUrl } from "../database/database-url.ts";

/** A page of an unindexed filter may take its time. */
const longestPageMs = 60_000;

/** Connects lazily. One connection reads ahead while another notes how far the file has come. */
export function createExportPool(url: string): Pool {
  const { server, database } = readDatabaseUrl(url);
  const pool = createPool({
    ...{ ...server, database, timezone: "Z", connectTimeout: 500, minimumIdle: 1, prepareCacheLength: 0 },
    ...{ connectionLimit: 3, acquireTimeout: 5_000, socketTimeout: longestPageMs },
  });
  const ignore = () => {};
  pool.on("connection", (connection) => connection.on("error", ignore));
  if ("addListener" in pool && typeof pool.addListener === "function") pool.addListener("error", ignore);
  return pool;
}
