// Lets only one process at a time install or build in this checkout; a dead holder's lock is taken over.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isRunning, startedAt } from "../embedded/child-process.mjs";
import { toolsDir } from "./paths.mjs";
import { PlainError, say } from "./say.mjs";

const longestWaitMs = 900_000;
const pollMs = 200;

/** @template T @param {() => Promise<T>} work @param {string} [place] the folder of the lock @returns {Promise<T>} */
export async function whileHoldingTheSetupLock(work, place = toolsDir) {
  const lockFile = join(place, "setup.lock");
  mkdirSync(place, { recursive: true });
  await acquire(lockFile);
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/** @param {string} lockFile */
async function acquire(lockFile) {
  const mine = `${lockFile}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, started: startedAt(process.pid) }));
  try {
    for (let waitedMs = 0; !tryLink(mine, lockFile); waitedMs += pollMs) {
      if (waitedMs >= longestWaitMs)
        throw new PlainError(`Another process has been setting up for ${longestWaitMs / 60_000} minutes. If none is, delete ${lockFile}.`);
      if (waitedMs === 0) say("• Another copy is installing or building in this checkout; waiting for it …");
      await pause(pollMs);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** A link appears with its content or not at all. @param {string} mine @param {string} lockFile */
function tryLink(mine, lockFile) {
  try {
    linkSync(mine, lockFile);
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    const holder = readHolder(lockFile);
    if (holder !== null && !isAlive(holder)) removeStale(holder, lockFile);
    return false;
  }
}

/** @param {{ pid: number, started: string }} holder */
function isAlive(holder) {
  return isRunning(holder.pid) && startedAt(holder.pid) === holder.started;
}

/** Moves the lock aside before looking again, since a quicker waiter may hold a new one by now. @param {{ pid: number, started: string }} stale @param {string} lockFile */
function removeStale(stale, lockFile) {
  const aside = `${lockFile}.stale.${process.pid}`;
  try {
    renameSync(lockFile, aside);
    const moved = readHolder(aside);
    if (moved !== null && (moved.pid !== stale.pid || moved.started !== stale.started)) linkSync(aside, lockFile);
  } catch {
    // Somebody else has removed it.
  }
  rmSync(aside, { force: true });
}

/** @param {string} file @returns {{ pid: number, started: string } | null} */
function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
