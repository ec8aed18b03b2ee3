/** Reads the journal: one append-only stream per partition, written inside the scripts that change state. */
import { setTimeout } from "node:timers/promises";
import type { JournalEntry, JournalEvent } from "@switchboard/routing/journal-event";
import type { RedisClient } from "./client.ts";
import { journalKey } from "./keys.ts";

/** An entry's fields as Redis gives them; throws on what no script of ours wrote. */
export function parseEntry(fields: readonly string[]): JournalEvent {
  const text = fields[0] === "e" ? fields[1] : undefined;
  if (text === undefined) throw new Error("journal entry without an event");
  const event: JournalEvent = JSON.parse(text);
  return event;
}

type RawEntry = [id: string, fields: string[] | null];

export type ReadOptions = { blockMs: number; count: number };

export type JournalReader = {
  /** Entries behind the ids given (`0-0` from the beginning), at most `count` per partition; empty after `blockMs`. */
  read(after: ReadonlyMap<number, string>, options: ReadOptions): Promise<JournalEntry[]>;
  /** The oldest entry still there; `0-0` when there is none. */
  firstId(partition: number): Promise<string>;
  /** `0-0` while nothing was ever written. */
  lastId(partition: number): Promise<string>;
  /** Forgets what lies before `acknowledgedId`, which the recorder has stored, but nothing younger than `keepMs`. */
  trimBehind(partition: number, acknowledgedId: string, keepMs: number): Promise<void>;
};

/** `redis` blocks: give it a client of role `reader`. `onPoison` hears of entries that can't be read; they are passed over. */
export function createJournalReader(options: {
  redis: RedisClient;
  onPoison: (entry: { partition: number; id: string; fields: string[]; error: unknown }) => void;
}): JournalReader {
  const { redis, onPoison } = options;
  const decode = (partition: number, raw: RawEntry[]): JournalEntry[] =>
    raw.flatMap(([id, fields]) => {
      if (fields === null) return [];
      try {
        return [{ partition, id, event: parseEntry(fields) }];
      } catch (error) {
        onPoison({ partition, id, fields, error });
        return [];
      }
    });
  const readOnce = redis.isCluster ? readEach : readTogether;
  return {
    async read(after, readOptions) {
      const found = await readOnce(redis, after, readOptions);
      return found.flatMap(([partition, raw]) => decode(partition, raw));
    },
    async firstId(partition) {
      const [oldest] = await redis.xrange(journalKey(partition), "-", "+", "COUNT", 1);
      return oldest?.[0] ?? "0-0";
    },
    async lastId(partition) {
      const [newest] = await redis.xrevrange(journalKey(partition), "+", "-", "COUNT", 1);
      return newest?.[0] ?? "0-0";
    },
    async trimBehind(partition, acknowledgedId, keepMs) {
      const youngestMs = Date.now() - keepMs;
      const minimum = Number(acknowledgedId.split("-")[0]) < youngestMs ? acknowledgedId : `${youngestMs}-0`;
      await redis.xtrim(journalKey(partition), "MINID", minimum);
    },
  };
}

type Found = [partition: number, raw: RawEntry[]][];

/** One blocking read over all partitions; not possible across the slots of a cluster. */
async function readTogether(redis: RedisClient, after: ReadonlyMap<number, string>, { blockMs, count }: ReadOptions): Promise<Found> {
  const partitionByKey = new Map([...after.keys()].map((partition) => [journalKey(partition), partition]));
  const reply = await redis.xread("COUNT", count, "BLOCK", blockMs, "STREAMS", ...partitionByKey.keys(), ...after.values());
  return (reply ?? []).map(([key, raw]) => [partitionByKey.get(key) ?? -1, raw]);
}

const pollMs = 50;

/** The cluster's way: every partition asked by itself, again after a moment while none has anything. */
async function readEach(redis: RedisClient, after: ReadonlyMap<number, string>, { blockMs, count }: ReadOptions): Promise<Found> {
  const until = Date.now() + blockMs;
  for (;;) {
    const asked = [...after].map(async ([partition, id]): Promise<Found> => {
      const reply = await redis.xread("COUNT", count, "STREAMS", journalKey(partition), id);
      return (reply ?? []).map(([, raw]) => [partition, raw]);
    });
    const found = (await Promise.all(asked)).flat();
    if (found.length > 0 || Date.now() >= until) return found;
    await setTimeout(pollMs);
  }
}
