/** Follows the journal's partitions for as long as somebody watches; nobody watching, it costs the process nothing. */
import { setImmediate as breathe, setTimeout as pause } from "node:timers/promises";
import type { JournalReader } from "@switchboard/execution/journal";
import type { JournalEntry } from "@switchboard/routing/journal-event";
import type { Logger } from "../logger.ts";

export type FollowerDeps = {
  reader: JournalReader;
  replays: JournalReader;
  partitions: readonly number[];
  /** Answers how many watchers were told. */
  deliver: (entry: JournalEntry) => number;
  /** The journal has not answered for a while: watchers are told, and come again. */
  lost: (cause: unknown) => void;
  logger: Logger;
};

const blockMs = 1_000;
const pageSize = 1_000;
const retryMs = 250;
const lostAfterMs = 2_000;
/** About two milliseconds of sending; then calls that wait have their turn. */
const toldAtOnce = 50;
/** Somebody who reloads the page finds it still running. */
const lingerMs = 10_000;

type Run = { positions: Promise<Map<number, string>>; over: AbortController; ended: Promise<void> };

export const createFollower = (deps: FollowerDeps) => {
  const { reader, replays, partitions, deliver, lost, logger } = deps;
  let watchers = 0;
  let run: Run | null = null;
  let endTimer: NodeJS.Timeout | undefined;

  const readOn = async (positions: Map<number, string>, over: AbortSignal) => {
    const entries = await reader.read(positions, { blockMs, count: pageSize });
    // Another run has taken over, and delivers these itself.
    if (over.aborted) return;
    let told = 0;
    for (const entry of entries) {
      positions.set(entry.partition, entry.id);
      told += deliver(entry);
      if (told < toldAtOnce) continue;
      told = 0;
      await breathe();
      if (over.aborted) return;
    }
  };

  const follow = async (started: Promise<Map<number, string>>, over: AbortSignal) => {
    const positions = await started;
    let failingSince: number | null = null;
    while (!over.aborted) {
      try {
        await readOn(positions, over);
        failingSince = null;
      } catch (error) {
        failingSince ??= performance.now();
        if (performance.now() - failingSince >= lostAfterMs) throw error;
        await pause(retryMs, undefined, { signal: over }).catch(() => undefined);
      }
    }
  };

  const begin = (): Run => {
    const over = new AbortController();
    const positions = Promise.all(partitions.map(async (partition) => [partition, await replays.lastId(partition)] as const)).then(
      (pairs) => new Map(pairs),
    );
    const begun: Run = { positions, over, ended: Promise.resolve() };
    begun.ended = follow(positions, over.signal).catch((error) => {
      if (run === begun) run = null;
      if (over.signal.aborted) return;
      logger.warn({ event: "live_events_interrupted", err: error });
      lost(error);
    });
    return begun;
  };

  const end = (): Promise<void> => {
    clearTimeout(endTimer);
    const ending = run;
    run = null;
    ending?.over.abort();
    return ending?.ended ?? Promise.resolve();
  };

  return {
    /** Somebody watches; returns how to say that they have gone. */
    arrive: () => {
      watchers += 1;
      clearTimeout(endTimer);
      let isHere = true;
      return () => {
        if (!isHere) return;
        isHere = false;
        watchers -= 1;
        if (watchers === 0) endTimer = setTimeout(() => void end(), lingerMs).unref();
      };
    },
    /** Everything behind the id this answers is delivered to those already attached. */
    position: async (partition: number): Promise<string> => {
      run ??= begin();
      const { positions } = run;
      return (await positions).get(partition) ?? "0-0";
    },
    watchers: () => watchers,
    stop: end,
  };
};
