// Starts a server as a child that can't outlive us, and ends one that an earlier, killed run left behind.
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findBinary } from "./find-binary.mjs";

/**
 * @typedef {{ pid: number, owner: number, ownerStarted: string }} PidRecord
 * @typedef {{ name: string, dir: string, command: string, args: string[] }} ServerCommand
 * @typedef {{ pid: number, exited: Promise<void>, hasExited: () => boolean, stop: () => Promise<void> }} ChildServer
 */

const stopGraceMs = 20_000;
const pollMs = 20;

/** Wraps a command so that the kernel ends it when its parent dies, where the system can (Linux).
 * @param {string} command @param {string[]} args @returns {[string, string[]]} */
export function tiedToParent(command, args) {
  const setpriv = process.platform === "linux" ? findBinary("setpriv") : null;
  return setpriv ? [setpriv, ["--pdeathsig", "TERM", "--", command, ...args]] : [command, args];
}

/** Starts the server with its output in `<dir>/<name>.log`. Throws when another living process owns the directory.
 * @param {ServerCommand} server @returns {Promise<ChildServer>} */
export async function startChildServer({ name, dir, command, args }) {
  mkdirSync(dir, { recursive: true });
  const pidFile = join(dir, `${name}.owner.json`);
  await endLeftover({ name, dir, pidFile });
  rmSync(join(dir, `${name}.log`), { force: true });
  const log = openSync(join(dir, `${name}.log`), "a");
  // A group of its own: a Ctrl-C at the terminal must reach the databases through us, after the server has stopped.
  const child = spawn(...tiedToParent(command, args), { cwd: dir, stdio: ["ignore", log, log], detached: true });
  closeSync(log);
  let over = false;
  const exited = new Promise((resolve) => {
    child.once("exit", resolve);
    child.once("error", resolve);
  }).then(() => {
    over = true;
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${name} could not be started: ${command} can't be run.`);
  /** @type {PidRecord} */
  const record = { pid, owner: process.pid, ownerStarted: startedAt(process.pid) };
  writeFileSync(pidFile, JSON.stringify(record));
  return { pid, exited, hasExited: () => over, stop: () => stopChild(child, exited, pidFile) };
}

/** @param {import("node:child_process").ChildProcess} child @param {Promise<void>} exited @param {string} pidFile */
async function stopChild(child, exited, pidFile) {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopGraceMs);
  await exited;
  clearTimeout(timer);
  rmSync(pidFile, { force: true });
}

/** @param {{ name: string, dir: string, pidFile: string }} place */
async function endLeftover({ name, dir, pidFile }) {
  const record = readRecord(pidFile);
  if (record === null) return;
  if (isRunning(record.pid) && isOurs(record.pid, name, dir)) {
    if (record.owner !== process.pid && isRunning(record.owner) && startedAt(record.owner) === record.ownerStarted) {
      throw new Error(`${dir} is in use by another running copy (process ${record.owner}). Stop it, or choose another DATA_DIR.`);
    }
    await endProcess(record.pid);
  }
  rmSync(pidFile, { force: true });
}

/** @param {number} pid */
async function endProcess(pid) {
  signal(pid, "SIGTERM");
  for (let waitedMs = 0; isRunning(pid) && waitedMs < stopGraceMs; waitedMs += pollMs) await pause(pollMs);
  signal(pid, "SIGKILL");
  for (let waitedMs = 0; isRunning(pid) && waitedMs < stopGraceMs; waitedMs += pollMs) await pause(pollMs);
}

/** @param {number} pid @param {NodeJS.Signals} name */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already, which is what was wanted.
  }
}

/** @param {string} pidFile @returns {PidRecord | null} */
function readRecord(pidFile) {
  try {
    const record = JSON.parse(readFileSync(pidFile, "utf8"));
    return Number.isInteger(record.pid) && Number.isInteger(record.owner) ? record : null;
  } catch {
    return null;
  }
}

/** True while the process exists and is not a zombie. @param {number} pid */
export function isRunning(pid) {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return statFields(pid)?.[0] !== "Z";
}

/** A number may have been given to another program since: Linux tells where a process works, which a rewritten command line does not.
 * @param {number} pid @param {string} name @param {string} dir */
function isOurs(pid, name, dir) {
  if (process.platform !== "linux") return true;
  try {
    return `${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${dir}/`) || readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(name);
  } catch {
    return false;
  }
}

/** The moment a process began, in the kernel's words: with the number it names one process for ever. @param {number} pid */
export function startedAt(pid) {
  return statFields(pid)?.[19] ?? "";
}

/** The fields of /proc/PID/stat from the state on. @param {number} pid */
function statFields(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

/** Polls until `probe` holds. Throws with the log's tail when the server ends first or the time is over.
 * @param {{ name: string, dir: string, child: ChildServer, timeoutMs: number }} server @param {() => Promise<boolean>} probe */
export async function waitUntilReady({ name, dir, child, timeoutMs }, probe) {
  const deadline = Date.now() + timeoutMs;
  while (!(await probe())) {
    const late = Date.now() > deadline;
    if (!child.hasExited() && !late) {
      await pause(pollMs);
      continue;
    }
    if (late) await child.stop();
    const what = late ? `was not ready within ${timeoutMs / 1000} s` : "ended while starting";
    throw new Error(`${name} ${what}. The last lines of ${join(dir, `${name}.log`)}:\n${logTail(join(dir, `${name}.log`))}`);
  }
}

/** @param {string} file */
export function logTail(file, lines = 15) {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
  } catch {
    return "(no log)";
  }
}
