// A private MariaDB as our child: loopback only, its data under the given directory, installed on first use.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { logTail, startChildServer, tiedToParent, waitUntilReady } from "./child-process.mjs";
import { requireBinary } from "./find-binary.mjs";
import { onFreePort } from "./free-port.mjs";

/** @typedef {import("./redis.mjs").EmbeddedServer} EmbeddedServer */

// The kernel's limit for a socket's path is 108 bytes with its end mark.
const longestSocketPath = 107;
const runsAsRoot = process.getuid?.() === 0;
const userOption = runsAsRoot ? ["--user=root"] : [];

/** Starts it and waits until it serves. `url` is root's, and names `database` (created when absent) if one is given.
 * @param {{ dir: string, port?: number, database?: string }} options @returns {Promise<EmbeddedServer>} */
export async function startMariadb({ dir, port, database }) {
  const command = requireBinary("mariadbd");
  mkdirSync(join(dir, "tmp"), { recursive: true, mode: 0o700 });
  const place = realpathSync(dir);
  if (!existsSync(join(place, "data"))) await installData(place);
  /** @param {number} chosen */
  const start = (chosen) => startOnPort({ command, dir: place, port: chosen, database });
  return port === undefined ? onFreePort(start) : start(port);
}

/** @param {{ command: string, dir: string, port: number, database: string | undefined }} place @returns {Promise<EmbeddedServer>} */
async function startOnPort({ command, dir, port, database }) {
  const child = await startChildServer({ name: "mariadbd", dir, command, args: serverArguments({ dir, port, database }) });
  // Its own log, since another server may answer on this port; the line comes after the start file has been executed.
  const serves = async () => readFileSync(join(dir, "mariadbd.log"), "utf8").includes("ready for connections");
  await waitUntilReady({ name: "mariadbd", dir, child, timeoutMs: 60_000 }, serves);
  const url = `mysql://root@127.0.0.1:${port}${database === undefined ? "" : `/${database}`}`;
  return { url, port, pid: child.pid, exited: child.exited, stop: child.stop };
}

/** @param {string} dir */
async function installData(dir) {
  const unfinished = join(dir, "data.unfinished");
  const log = join(dir, "install.log");
  rmSync(unfinished, { recursive: true, force: true });
  const args = [
    "--no-defaults",
    ...userOption,
    `--datadir=${unfinished}`,
    temporaryFolder(dir),
    "--skip-test-db",
    "--auth-root-authentication-method=normal",
  ];
  try {
    writeFileSync(log, (await promisify(execFile)(...tiedToParent(requireBinary("mariadb-install-db"), args))).stdout);
  } catch (error) {
    writeFileSync(log, String(error instanceof Error && "stderr" in error ? error.stderr : error));
    throw new Error(`MariaDB's data folder could not be created. The last lines of ${log}:\n${logTail(log)}`, { cause: error });
  }
  // A half-made folder must never be taken for a whole one.
  renameSync(unfinished, join(dir, "data"));
}

/** @param {{ dir: string, port: number, database: string | undefined }} place */
function serverArguments({ dir, port, database }) {
  const startFile = join(dir, "start.sql");
  const create = `CREATE DATABASE IF NOT EXISTS \`${database}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;\n`;
  writeFileSync(startFile, database === undefined ? "SELECT 1;\n" : create);
  return [
    "--no-defaults",
    ...userOption,
    `--datadir=${join(dir, "data")}`,
    temporaryFolder(dir),
    `--socket=${socketPath(dir)}`,
    `--port=${port}`,
    "--bind-address=127.0.0.1",
    `--pid-file=${join(dir, "mariadbd.pid")}`,
    `--log-error=${join(dir, "mariadbd.log")}`,
    `--init-file=${startFile}`,
    "--skip-name-resolve",
    "--innodb-flush-log-at-trx-commit=1",
    `--innodb-buffer-pool-size=${bufferPoolMegabytes()}M`,
    "--character-set-server=utf8mb4",
    "--default-time-zone=+00:00",
  ];
}

/** It reads past the system's cache, and its own by default holds no more than a few days of calls: a sixteenth of the machine, and never less than that default. */
const bufferPoolMegabytes = () => Math.min(1_024, Math.max(128, Math.floor(totalmem() / 16 / 1_048_576)));

/** One of its own: a server that starts clears the temporary tables that it finds, also those of another one at work. @param {string} dir */
function temporaryFolder(dir) {
  return `--tmpdir=${join(dir, "tmp")}`;
}

/** @param {string} dir */
function socketPath(dir) {
  const near = join(dir, "mariadbd.sock");
  if (Buffer.byteLength(near) <= longestSocketPath) return near;
  return join(tmpdir(), `switchboard-${createHash("sha256").update(dir).digest("hex").slice(0, 16)}.sock`);
}
