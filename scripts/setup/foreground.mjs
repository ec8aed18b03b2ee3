// Runs one program in the foreground on our behalf: it gets one SIGTERM however we are told to end, and can't outlive us.
import { spawn } from "node:child_process";
import { tiedToParent } from "../embedded/child-process.mjs";
import { root } from "./paths.mjs";

const stopSignals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
const parentCheckMs = 500;

/** @type {Set<() => void>} */
const listeners = new Set();
let stopping = false;

/** True once we have been told to end. */
export const isStopping = () => stopping;

/** Ends whatever runs in the foreground. */
export function stop() {
  // The terminal signals the whole group and npm passes its own on: the same wish may come twice.
  if (stopping) return;
  stopping = true;
  for (const listener of listeners) listener();
}

/** From now on signals, and the death of the npm that started us, are a wish to end. */
export function listenForTheEnd() {
  for (const signal of stopSignals) process.on(signal, stop);
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => process.ppid !== parent && stop(), parentCheckMs).unref();
}

/** @param {() => void} listener @returns {() => void} stops listening */
function onStop(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {{ command: string, args: string[], env?: NodeJS.ProcessEnv, cwd?: string }} program
 * @returns {Promise<number>} its exit code: 0 when it ended because we were told to end */
export function runInForeground({ command, args, env = process.env, cwd = root }) {
  if (stopping) return Promise.resolve(0);
  return new Promise((resolve, reject) => {
    // A group of its own, so that a signal to our group reaches it once, through us.
    const child = spawn(...tiedToParent(command, args), { cwd, env, stdio: ["ignore", "inherit", "inherit"], detached: true });
    const forget = onStop(() => child.kill("SIGTERM"));
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      forget();
      if (stopping && (code === 0 || signal === "SIGTERM" || code === 143)) resolve(0);
      else resolve(code ?? 1);
    });
  });
}
