// Runs one step of the setup with its output in a log file, and says what is happening while it lasts.
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { logTail, tiedToParent } from "../embedded/child-process.mjs";
import { logsDir, root } from "./paths.mjs";
import { PlainError, say } from "./say.mjs";

const reminderMs = 10_000;

/**
 * @typedef {{ name: string, doing: string, command: string, args: string[], cwd?: string, env?: NodeJS.ProcessEnv, remedy: string }} Step
 *   `doing` completes "… (may take a while)"; `remedy` tells what to do when it fails.
 */

/** @param {Step} step @returns {Promise<void>} rejects with a PlainError when the step fails */
export async function runStep({ name, doing, command, args, cwd = root, env = process.env, remedy }) {
  mkdirSync(logsDir, { recursive: true });
  const logFile = join(logsDir, `${name}.log`);
  const log = openSync(logFile, "w");
  const startedMs = Date.now();
  const seconds = () => `${((Date.now() - startedMs) / 1000).toFixed(0)} s`;
  say(`• ${doing} …`);
  const reminder = setInterval(() => say(`  still at it after ${seconds()} (log: ${logFile})`), reminderMs);
  const code = await new Promise((resolve) => {
    const child = spawn(...tiedToParent(command, args), {
      cwd,
      env: { ...env, NO_COLOR: "1", FORCE_COLOR: "0" },
      stdio: ["ignore", log, log],
    });
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (exitCode, signal) => resolve(exitCode ?? signal));
  });
  clearInterval(reminder);
  closeSync(log);
  if (code === 0) return say(`  done in ${seconds()}`);
  throw new PlainError(`${doing}: failed (${code}). The end of ${logFile}:\n${indent(logTail(logFile, 20))}\n${remedy}`);
}

/** @param {string} text */
function indent(text) {
  return text.replaceAll(/^/gm, "    ");
}
