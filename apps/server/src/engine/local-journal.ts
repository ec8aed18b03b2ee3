/**
 * What this process decided or accepted while Redis was away, one line each, on disk before the answer goes out: it survives a
 * kill at once and a power cut after the next sync. Replayed into Redis when that is back; lines are removed only then.
 */
import {
  appendFileSync,
  closeSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

const syncEveryMs = 100;

/** A file of a process that has gone, or a closed one of this process. */
export type LocalFile<Line> = { path: string; lines: Line[]; unreadable: number };

export type LocalJournal<Line> = {
  /** On its way to the disk when this returns: a killed process loses nothing. */
  append: (line: Line) => void;
  /** Resolves when what was appended so far is on the disk for good; rejects when the disk refuses. */
  synced: () => Promise<void>;
  /** Every line not yet replayed: the current file is closed (a new one begins) and the ones left by ended processes are taken over. */
  collect: () => LocalFile<Line>[];
  /** The lines of this file have been replayed. */
  done: (file: LocalFile<Line>) => void;
  /** Is there anything to collect: lines of our own, files that a replay didn't finish, files of a process that has gone? */
  pending: () => boolean;
  /** A line that Redis refuses for its own sake: kept for a person, so that it doesn't hold up the others. */
  setAside: (line: Line) => void;
  close: () => void;
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

const filePattern = /^local-(\d+)-(\d+)\.ndjson$/;

export const createLocalJournal = <Line>(directory: string, parse: (value: unknown) => Line | null): LocalJournal<Line> => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  let sequence = 0;
  let current: { fd: number; path: string } | null = null;
  let waiters: { resolve: () => void; reject: (error: Error) => void }[] = [];
  let syncing: NodeJS.Timeout | null = null;

  const freshPath = () => {
    sequence += 1;
    return join(directory, `local-${process.pid}-${Date.now()}${sequence}.ndjson`);
  };

  const openFile = () => {
    const path = freshPath();
    return { fd: openSync(path, "a", 0o600), path };
  };

  const sync = () => {
    syncing = null;
    const waiting = waiters;
    waiters = [];
    if (!current) {
      for (const waiter of waiting) waiter.resolve();
      return;
    }
    fsync(current.fd, (error) => {
      for (const { resolve, reject } of waiting) {
        if (error) reject(error);
        else resolve();
      }
    });
  };

  const append = (line: Line) => {
    current ??= openFile();
    writeSync(current.fd, `${JSON.stringify(line)}\n`);
    syncing ??= setTimeout(sync, syncEveryMs);
  };

  const synced = () =>
    new Promise<void>((resolve, reject) => {
      waiters.push({ resolve, reject });
      syncing ??= setTimeout(sync, syncEveryMs);
    });

  const readFile = (path: string): LocalFile<Line> => {
    const lines: Line[] = [];
    let unreadable = 0;
    for (const text of readFileSync(path, "utf8").split("\n")) {
      if (text === "") continue;
      const line = parseLine(text, parse);
      if (line === null) unreadable += 1;
      else lines.push(line);
    }
    return { path, lines, unreadable };
  };

  /** Files that wait to be replayed by us: our own, and those of processes that have gone. */
  const collectable = () =>
    readdirSync(directory)
      .sort()
      .flatMap((name) => {
        const pid = Number(filePattern.exec(name)?.[1] ?? Number.NaN);
        const isOurs = pid === process.pid;
        return Number.isNaN(pid) || (!isOurs && isRunning(pid)) ? [] : [{ path: join(directory, name), isOurs }];
      });

  const collect = () => {
    if (current) {
      fsyncSync(current.fd);
      closeSync(current.fd);
      current = null;
    }
    const files: LocalFile<Line>[] = [];
    for (const { path, isOurs } of collectable()) {
      const mine = isOurs ? path : takeOver(path, freshPath());
      if (mine) files.push(readFile(mine));
    }
    return files;
  };

  return {
    append,
    synced,
    collect,
    done: (file) => {
      // What could not be read is kept for a person, under another name.
      if (file.unreadable > 0) renameSync(file.path, `${file.path}.unreadable`);
      else unlinkSync(file.path);
    },
    pending: () => current !== null || collectable().length > 0,
    setAside: (line) => appendFileSync(join(directory, "refused.ndjson"), `${JSON.stringify(line)}\n`, { mode: 0o600 }),
    close: () => {
      if (syncing) clearTimeout(syncing);
      sync();
    },
  };
};

const parseLine = <Line>(text: string, parse: (value: unknown) => Line | null): Line | null => {
  try {
    return parse(JSON.parse(text));
  } catch {
    return null;
  }
};

/** Renaming is atomic: of two processes that see the same leftover, one gets it. */
const takeOver = (path: string, mine: string): string | null => {
  try {
    renameSync(path, mine);
    return mine;
  } catch {
    return null;
  }
};
