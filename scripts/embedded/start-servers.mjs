// Starts the databases that the environment doesn't name, keeps them running, and tells other commands where they are.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning, startedAt } from "./child-process.mjs";
import { startMariadb } from "./mariadb.mjs";
import { startRedis } from "./redis.mjs";

/**
 * @typedef {import("./redis.mjs").EmbeddedServer} EmbeddedServer
 * @typedef {{ databaseUrl: string | null, redisUrl: string | null }} ServerUrls  null: not a private one
 * @typedef {ServerUrls & { stop: () => Promise<void> }} RunningServers
 */

const databaseName = "switchboard";
const firstRestartMs = 1_000;
const slowestRestartMs = 30_000;

/** @param {string} dataDir */
const noteFile = (dataDir) => join(dataDir, "servers.json");

/** @param {{ dataDir: string, mariadb: boolean, redis: boolean, say: (line: string) => void }} options @returns {Promise<RunningServers>} */
export async function startServers({ dataDir, mariadb, redis, say }) {
  const results = await Promise.allSettled([
    mariadb
      ? keepRunning("MariaDB", (port) => startMariadb({ dir: join(dataDir, "mariadb"), database: databaseName, ...port }), say)
      : null,
    redis ? keepRunning("Redis", (port) => startRedis({ dir: join(dataDir, "redis"), ...port }), say) : null,
  ]);
  const [database, memory] = results.map((result) => (result.status === "fulfilled" ? result.value : null));
  const failure = results.find((result) => result.status === "rejected");
  const stop = async () => {
    rmSync(noteFile(dataDir), { force: true });
    await Promise.all([database?.stop(), memory?.stop()]);
  };
  if (failure !== undefined) {
    await stop();
    throw failure.reason;
  }
  const urls = { databaseUrl: database?.url ?? null, redisUrl: memory?.url ?? null };
  if (mariadb || redis) leaveNote(dataDir, urls);
  return { ...urls, stop };
}

/** The URLs of the private servers of a copy that is running on this directory now. @param {string} dataDir @returns {ServerUrls | null} */
export function runningServers(dataDir) {
  try {
    const note = JSON.parse(readFileSync(noteFile(dataDir), "utf8"));
    const alive = isRunning(note.owner) && startedAt(note.owner) === note.ownerStarted;
    return alive ? { databaseUrl: note.databaseUrl, redisUrl: note.redisUrl } : null;
  } catch {
    return null;
  }
}

/** @param {string} dataDir @param {ServerUrls} urls */
function leaveNote(dataDir, urls) {
  const note = { owner: process.pid, ownerStarted: startedAt(process.pid), ...urls };
  writeFileSync(noteFile(dataDir), `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 });
}

/** A server that ends unasked is started again on its port, so that the product finds it where it was.
 * @param {string} name @param {(port: { port?: number }) => Promise<EmbeddedServer>} start @param {(line: string) => void} say */
async function keepRunning(name, start, say) {
  let server = await start({});
  const { port, url } = server;
  const stopping = new AbortController();
  let pauseMs = firstRestartMs;
  const supervise = async () => {
    await Promise.race([server.exited, aborted(stopping.signal)]);
    while (!stopping.signal.aborted) {
      say(`• ${name} has ended by itself; starting it again in ${pauseMs / 1000} s …`);
      await Promise.race([pause(pauseMs), aborted(stopping.signal)]);
      if (stopping.signal.aborted) return;
      pauseMs = Math.min(pauseMs * 2, slowestRestartMs);
      try {
        server = await start({ port });
        say(`  ${name} is back on port ${port}`);
        await Promise.race([server.exited, aborted(stopping.signal)]);
      } catch (error) {
        say(`  ${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  const supervised = supervise();
  const stop = async () => {
    stopping.abort();
    await supervised;
    await server.stop();
  };
  return { url, stop };
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** @param {AbortSignal} signal */
const aborted = (signal) =>
  signal.aborted ? Promise.resolve() : new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
