/** The product as a process of its own, as in production: it can be killed, told to stop, frozen, and started again where it was. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../../../../scripts/embedded/free-port.mjs";
import { tiedToParent } from "../../../../scripts/embedded/child-process.mjs";

const entry = join(import.meta.dirname, "../../src/main.ts");
const longestStartMs = 30_000;

export type Readiness = { status: string; redis: boolean; mysql: boolean };
export type Ended = { code: number | null; signal: string | null };

export type ServerProcess = {
  url: string;
  signal: (name: NodeJS.Signals) => void;
  /** kill -9, and the next one in its place at once; does not wait until that is ready. */
  replace: () => Promise<void>;
  exited: () => Promise<Ended>;
  /** The processes that it has started and that are still there. */
  children: () => number[];
  readiness: () => Promise<Readiness | null>;
  /** Waits until what it says of itself is as wanted. */
  until: (wanted: Partial<Readiness>, limitMs?: number) => Promise<void>;
  /** Longest that it took itself for a step, by its log; milliseconds. */
  slowestStepMs: () => number;
  /** What it and those before it in its place have written. */
  log: () => string;
  stop: () => Promise<void>;
};

type Running = { child: ChildProcess; exited: Promise<Ended> };

const spawnServer = (env: Record<string, string>, logPath: string): Running => {
  const log = openSync(logPath, "a");
  const [command, args] = tiedToParent(process.execPath, [entry]);
  const child = spawn(command, args, { env: { PATH: "/usr/local/bin:/usr/bin:/bin", ...env }, stdio: ["ignore", log, log] });
  closeSync(log);
  return { child, exited: new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal }))) };
};

export const startServerProcess = async (dataDir: string, settings: Record<string, string>): Promise<ServerProcess> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logPath = `${dataDir}.log`;
  const env = { LOG_LEVEL: "info", SEED: "none", ...settings, PORT: String(port), DATA_DIR: dataDir };
  let { child, exited } = spawnServer(env, logPath);
  const log = () => readFileSync(logPath, "utf8");

  const readiness = async (): Promise<Readiness | null> => {
    try {
      return (await (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) })).json()) as Readiness;
    } catch {
      return null;
    }
  };
  return {
    url,
    signal: (name) => void child.kill(name),
    replace: async () => {
      child.kill("SIGKILL");
      await exited;
      ({ child, exited } = spawnServer(env, logPath));
    },
    exited: () => exited,
    children: () => {
      const text = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").trim();
      return text === "" ? [] : text.split(" ").map(Number);
    },
    readiness,
    until: async (wanted, limitMs = longestStartMs) => {
      const deadline = performance.now() + limitMs;
      for (;;) {
        const now = await readiness();
        if (now && Object.entries(wanted).every(([name, value]) => now[name as keyof Readiness] === value)) return;
        if (child.exitCode !== null || performance.now() > deadline)
          throw new Error(`${JSON.stringify(now)} is not ${JSON.stringify(wanted)}; it said:\n${log().slice(-3_000)}`);
        await pause(25);
      }
    },
    slowestStepMs: () => Math.max(0, ...[...log().matchAll(/"event":"step_decided".*"ms":(\d+)/g)].map(([, ms]) => Number(ms))),
    log,
    stop: async () => {
      child.kill("SIGCONT");
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 25_000);
      await exited;
      clearTimeout(timer);
    },
  };
};
