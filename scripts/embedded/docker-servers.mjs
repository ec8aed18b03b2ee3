// Starts MySQL and Redis with docker compose, for machines that have no such programs of their own.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { requireBinary } from "./find-binary.mjs";
import { freePort } from "./free-port.mjs";

/** @typedef {{ mysql: number, redis: number }} Ports */

const composeFile = resolve(import.meta.dirname, "../../docker-compose.yml");
const startTimeoutMs = 600_000;
const stopTimeoutMs = 60_000;

/** Each data directory has containers and ports of its own. @param {{ dataDir: string, mariadb: boolean, redis: boolean }} options
 * @returns {Promise<import("./start-servers.mjs").RunningServers>} */
export async function startDockerServers({ dataDir, mariadb, redis }) {
  const ports = await portsOf(dataDir);
  const project = `switchboard-${createHash("sha256").update(dataDir).digest("hex").slice(0, 12)}`;
  const services = [...(mariadb ? ["mysql"] : []), ...(redis ? ["redis"] : [])];
  const env = { ...process.env, SWITCHBOARD_MYSQL_PORT: String(ports.mysql), SWITCHBOARD_REDIS_PORT: String(ports.redis) };
  /** @param {number} timeout @param {string[]} args */
  const compose = (timeout, ...args) =>
    execFileSync(requireBinary("docker"), ["compose", "-f", composeFile, "-p", project, ...args], {
      env,
      timeout,
      stdio: ["ignore", 2, 2],
    });
  compose(startTimeoutMs, "up", "-d", "--wait", ...services);
  return {
    databaseUrl: mariadb ? `mysql://root:switchboard@127.0.0.1:${ports.mysql}/switchboard` : null,
    redisUrl: redis ? `redis://127.0.0.1:${ports.redis}` : null,
    stop: async () => void compose(stopTimeoutMs, "stop", ...services),
  };
}

/** The same ports every time: other ones would make new containers. @param {string} dataDir @returns {Promise<Ports>} */
async function portsOf(dataDir) {
  const file = join(dataDir, "docker-ports.json");
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    const ports = { mysql: await freePort(), redis: await freePort() };
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(ports));
    return ports;
  }
}
