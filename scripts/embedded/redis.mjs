// A private Redis as our child: loopback only, its data under the given directory, durable to the second.
import { mkdirSync, realpathSync } from "node:fs";
import { startChildServer, waitUntilReady } from "./child-process.mjs";
import { requireBinary } from "./find-binary.mjs";
import { firstBytes } from "./first-bytes.mjs";
import { onFreePort } from "./free-port.mjs";

/** @typedef {{ url: string, port: number, pid: number, exited: Promise<void>, stop: () => Promise<void> }} EmbeddedServer */

/** Starts it and waits until it answers. @param {{ dir: string, port?: number }} options @returns {Promise<EmbeddedServer>} */
export async function startRedis({ dir, port }) {
  const command = requireBinary("redis-server");
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const place = realpathSync(dir);
  return port === undefined ? onFreePort((free) => startOnPort(command, place, free)) : startOnPort(command, place, port);
}

/** @param {string} command @param {string} dir @param {number} port @returns {Promise<EmbeddedServer>} */
async function startOnPort(command, dir, port) {
  const listen = ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir, "--daemonize", "no"];
  const durable = ["--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--maxmemory-policy", "noeviction"];
  // Five minutes' SIP ids run out at once: removing them is no work for the thread that answers.
  const unhurried = ["--lazyfree-lazy-expire", "yes"];
  const child = await startChildServer({ name: "redis", dir, command, args: [...listen, ...durable, ...unhurried] });
  // Another Redis may answer on this port: only an answer with our child's number counts. It answers before it has read its data.
  const isOurs = async () => (await firstBytes(port, "INFO server\r\n"))?.includes(`process_id:${child.pid}\r\n`) ?? false;
  const serves = async () => (await firstBytes(port, "PING\r\n"))?.startsWith("+PONG") ?? false;
  await waitUntilReady({ name: "redis", dir, child, timeoutMs: 60_000 }, async () => (await isOurs()) && (await serves()));
  return { url: `redis://127.0.0.1:${port}`, port, pid: child.pid, exited: child.exited, stop: child.stop };
}
