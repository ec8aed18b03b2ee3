/** Moves the journal into MySQL: read after the stored positions, stored with them in one transaction, then trimmed behind them. */
import type { JournalEntry } from "@switchboard/routing/journal-event";
import type { Fence, JobLock } from "@switchboard/execution/lock";
import type { JournalReader } from "@switchboard/execution/journal";
import type { Logger } from "../logger.ts";
import { type Job, keepTrying } from "./keep-trying.ts";

export type RecorderJobDeps = {
  lock: JobLock;
  reader: JournalReader;
  partitions: readonly number[];
  recorder: {
    positions: () => Promise<Map<number, string>>;
    apply: (entries: JournalEntry[], partition: number, fence: number) => Promise<{ lastId: string }>;
  };
  onRecorded: (events: number) => void;
  logger: Logger;
};

const lockTtlMs = 3_000;
const readBlockMs = 500;
const readCount = 1_000;
const beginning = "0-0";
const trimEveryMs = 5_000;
/** Consoles resume from Redis for this long, from MySQL afterwards. */
const keepJournalMs = 600_000;

const byPartition = (entries: JournalEntry[]): Map<number, JournalEntry[]> => {
  const groups = new Map<number, JournalEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.partition);
    if (group) group.push(entry);
    else groups.set(entry.partition, [entry]);
  }
  return groups;
};

export const startRecorderJob = ({ lock, reader, partitions, recorder, onRecorded, logger }: RecorderJobDeps): Job => {
  const recordWhileHolding = async (fence: Fence, signal: AbortSignal) => {
    const stored = await recorder.positions();
    const positions = new Map(partitions.map((partition) => [partition, stored.get(partition) ?? beginning]));
    let trimmedAt = 0;
    while (!signal.aborted) {
      const entries = await reader.read(positions, { blockMs: readBlockMs, count: readCount });
      for (const [partition, group] of byPartition(entries)) {
        const { lastId } = await recorder.apply(group, partition, fence.token);
        positions.set(partition, lastId);
        onRecorded(group.length);
      }
      if (performance.now() - trimmedAt < trimEveryMs) continue;
      for (const [partition, id] of positions) {
        if (id !== beginning) await reader.trimBehind(partition, id, keepJournalMs);
      }
      trimmedAt = performance.now();
    }
  };

  return keepTrying("recorder", 250, logger, async (stopping) => {
    await lock.withLock("recorder", lockTtlMs, (fence, lost) => recordWhileHolding(fence, AbortSignal.any([stopping, lost])));
  });
};
