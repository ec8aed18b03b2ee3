/** Runs programs of ours as processes of their own that can't outlive the benchmark. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { tiedToParent } from "../../../scripts/embedded/child-process.mjs";

const stopGraceMs = 25_000;
const startLimitMs = 60_000;

export type NodeProcess = { pid: number; logPath: string; stop: () => Promise<void> };

/** A clean environment: what the person at the terminal has set reaches no measured process. */
const environmentOf = (settings: Record<string, string>): NodeJS.ProcessEnv => ({ PATH: "/usr/local/bin:/usr/bin:/bin", ...settings });

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Starts it, its output in a file, and waits until `isReady`. */
export const startNode = async (program: {
  file: URL;
  args?: string[];
  settings: Record<string, string>;
  logPath: string;
  isReady: () => Promise<boolean>;
}): Promise<NodeProcess> => {
  const { file, args = [], settings, logPath, isReady } = program;
  const log = openSync(logPath, "w");
  const [command, commandArgs] = tiedToParent(process.execPath, [file.pathname, ...args]);
  const child = spawn(command, commandArgs, { env: environmentOf(settings), stdio: ["ignore", log, log] });
  closeSync(log);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    if (hasEnded(child)) return;
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), stopGraceMs);
    await exited;
    clearTimeout(timer);
  };
  const deadline = performance.now() + startLimitMs;
  while (!(await isReady())) {
    if (!hasEnded(child) && performance.now() < deadline) {
      await pause(50);
      continue;
    }
    await stop();
    throw new Error(`${file.pathname} did not get ready. Its last words:\n${readFileSync(logPath, "utf8").slice(-2_000)}`);
  }
  return { pid: child.pid ?? 0, logPath, stop };
};

/** Runs it to its end and answers what it printed. */
export const runNode = (file: URL, args: string[], limitMs: number, settings: Record<string, string> = {}): Promise<string> => {
  const [command, commandArgs] = tiedToParent(process.execPath, [file.pathname, ...args]);
  return new Promise((resolve, reject) => {
    execFile(
      command,
      commandArgs,
      { env: environmentOf(settings), timeout: limitMs, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) =>
        error ? reject(new Error(`${file.pathname} failed: ${stderr.slice(-2_000)}`, { cause: error })) : resolve(stdout),
    );
  });
};

/** True once the address answers 200 (and `accepts` what it says). */
export const answers = async (url: string, accepts: (body: string) => boolean = () => true): Promise<boolean> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    const body = await response.text();
    return response.ok && accepts(body);
  } catch {
    return false;
  }
};
