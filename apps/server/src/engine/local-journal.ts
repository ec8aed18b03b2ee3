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
import { promisify } from "node:util";

const syncEveryMs = 100;
/** Files stay small, so that reading one back holds nobody up, however long Redis was away. */
const fullAtBytes = 1_000_000;

export type LocalJournal<Line> = {
  /** On its way to the disk when this returns: a killed process loses nothing. */
  append: (line: Line) => void;
  /** Resolves when what was appended so far is on the disk for good; rejects when the disk refuses. */
  synced: () => Promise<void>;
  /** Files with lines not yet replayed, oldest first: the current one is closed (a new one begins) and those of ended processes are taken over. */
  collect: () => string[];
  read: (path: string) => { lines: Line[]; unreadable: number };
  /** The lines of this file have been replayed. */
  done: (path: string, unreadable: number) => void;
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

/** Where a data directory has it. */
export const localDirOf = (dataDir: string): string => join(dataDir, "local");

const filePattern = /^local-(\d+)-(\d+)\.ndjson$/;

const sync = promisify(fsync);

export const createLocalJournal = <Line>(directory: string, parse: (value: unknown) => Line | null): LocalJournal<Line> => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  let sequence = 0;
  let current: { fd: number; bytes: number } | null = null;
  // Written no more, but not known to be on the disk yet.
  let retired: number[] = [];
  let unsynced = false;
  let syncing: NodeJS.Timeout | null = null;
  let waiters: { resolve: () => void; reject: (error: unknown) => void }[] = [];

  const freshPath = () => {
    sequence += 1;
    return join(directory, `local-${process.pid}-${Date.now()}${String(sequence).padStart(6, "0")}.ndjson`);
  };

  const syncAll = async () => {
    const [waiting, closing] = [waiters, retired];
    waiters = [];
    retired = [];
    unsynced = false;
    try {
      await Promise.all([...closing, ...(current ? [current.fd] : [])].map((fd) => sync(fd)));
      for (const waiter of waiting) waiter.resolve();
    } catch (error) {
      for (const waiter of waiting) waiter.reject(error);
    }
    for (const fd of closing) closeSync(fd);
    // One at a time: a file must not be closed under an earlier one.
    syncing = null;
    if (unsynced) syncSoon();
  };

  const syncSoon = () => {
    unsynced = true;
    syncing ??= setTimeout(() => void syncAll(), syncEveryMs);
  };

  const retire = () => {
    if (!current) return;
    retired.push(current.fd);
    current = null;
    syncSoon();
  };

  const append = (line: Line) => {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    current ??= { fd: openSync(freshPath(), "a", 0o600), bytes: 0 };
    writeSync(current.fd, bytes);
    current.bytes += bytes.length;
    if (current.bytes >= fullAtBytes) retire();
    syncSoon();
  };

  const synced = () =>
    new Promise<void>((resolve, reject) => {
      waiters.push({ resolve, reject });
      syncSoon();
    });

  /** Files that wait to be replayed by us: our own, and those of processes that have gone. */
  const collectable = () =>
    readdirSync(directory)
      .sort()
      .flatMap((name) => {
        const pid = Number(filePattern.exec(name)?.[1] ?? Number.NaN);
        const isOurs = pid === process.pid;
        return Number.isNaN(pid) || (!isOurs && isRunning(pid)) ? [] : [{ path: join(directory, name), isOurs }];
      });

  const close = () => {
    if (syncing) clearTimeout(syncing);
    for (const fd of [...retired, ...(current ? [current.fd] : [])]) {
      fsyncSync(fd);
      closeSync(fd);
    }
    retired = [];
    current = null;
  };

  return {
    append,
    synced,
    collect: () => {
      retire();
      return collectable()
        .map(({ path, isOurs }) => (isOurs ? path : takeOver(path, freshPath())))
        .filter((path) => path !== null);
    },
    read: (path) => readLines(path, parse),
    done: (path, unreadable) => {
      // What could not be read is kept for a person, under another name.
      if (unreadable > 0) renameSync(path, `${path}.unreadable`);
      else unlinkSync(path);
    },
    pending: () => current !== null || collectable().length > 0,
    setAside: (line) => appendFileSync(join(directory, "refused.ndjson"), `${JSON.stringify(line)}\n`, { mode: 0o600 }),
    close,
  };
};

const readLines = <Line>(path: string, parse: (value: unknown) => Line | null): { lines: Line[]; unreadable: number } => {
  const texts = readFileSync(path, "utf8")
    .split("\n")
    .filter((text) => text !== "");
  const lines = texts.map((text) => parseLine(text, parse)).filter((line) => line !== null);
  return { lines, unreadable: texts.length - lines.length };
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
