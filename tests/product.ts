/** Runs the product as a person would, with `npm start`, in a folder and on a port of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../scripts/embedded/free-port.mjs";

const root = resolve(import.meta.dirname, "..");
const longestStartMs = 60_000;
const longestEndMs = 45_000;
const pollMs = 25;

export type Outcome = { code: number | null; stdout: string; stderr: string };
export type Product = {
  npm: ChildProcess;
  port: number;
  dataDir: string;
  url: string;
  /** Resolves once it says that it would answer calls; the number of milliseconds that took since it was started. */
  ready: () => Promise<number>;
  ended: () => Promise<Outcome>;
  /** The process that owns the databases and the server: the child of npm. */
  runner: () => Promise<number>;
  servers: () => Promise<{ mariadb: number; redis: number }>;
};

const inherited = ["PATH", "HOME", "TMPDIR", "NODE_EXTRA_CA_CERTS"];

/** The environment of a shell in which nobody has set anything for Switchboard. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(inherited.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

/** Runs an npm script to its end, or until it is ended. It leads a process group of its own, as at a terminal. */
export function npm(args: string[], env: NodeJS.ProcessEnv): { child: ChildProcess; ended: () => Promise<Outcome> } {
  const child = spawn("npm", args, {
    cwd: root,
    env: { ...plainEnvironment(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const closed = once(child, "close");
  const ended = async (): Promise<Outcome> => {
    const [code] = await Promise.race([closed, late(`npm ${args.join(" ")} had not ended. It said:\n${stdout}${stderr}`)]);
    return { code, stdout, stderr };
  };
  return { child, ended };
}

async function late(message: string): Promise<never> {
  await pause(longestEndMs, undefined, { ref: false });
  throw new Error(message);
}

export async function startProduct(dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<Product> {
  const port = await freePort();
  const startedMs = performance.now();
  const { child, ended } = npm(["start"], { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "warn", ...env });
  const url = `http://127.0.0.1:${port}`;
  const note = async (file: string): Promise<Record<string, number>> => JSON.parse(await readFile(join(dataDir, file), "utf8"));
  return {
    npm: child,
    port,
    dataDir,
    url,
    ended,
    ready: async () => {
      await untilReady(url, child, ended);
      return performance.now() - startedMs;
    },
    runner: async () => (await note("servers.json"))["owner"] ?? Number.NaN,
    servers: async () => ({
      mariadb: (await note("mariadb/mariadbd.owner.json"))["pid"] ?? Number.NaN,
      redis: (await note("redis/redis.owner.json"))["pid"] ?? Number.NaN,
    }),
  };
}

async function untilReady(url: string, child: ChildProcess, ended: () => Promise<Outcome>): Promise<void> {
  for (let waitedMs = 0; !(await answers(`${url}/readyz`)); waitedMs += pollMs) {
    if (child.exitCode !== null) throw new Error(`npm start ended: ${JSON.stringify(await ended())}`);
    if (waitedMs > longestStartMs) throw new Error(`${url} was not ready in time.`);
    await pause(pollMs);
  }
}

/** True if something answers 200 there. */
export async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).status === 200;
  } catch {
    return false;
  }
}
