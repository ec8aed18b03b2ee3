/** Moves the journal into MySQL, exactly once: a batch and the position behind it are stored in one transaction. */
import type { JournalEntry, JournalEvent } from "@switchboard/routing/journal-event";
import type { Connection } from "mariadb";
import type { Database } from "../database/database.ts";
import { isDuplicate, isOutage, isTransient } from "../database/database-outage.ts";
import { retryTransient } from "../database/retry-transient.ts";
import type { KeepOut } from "../erasures/keep-out.ts";
import { writeArchive } from "./journal-archive.ts";
import { execute, inTransaction, jsonText, type Queryable, rowsOf } from "../database/sql.ts";
import { storeEvents } from "./store-events.ts";

/** Another recorder has a later fencing token: this one's lock has run out, and nothing that it brings is stored. */
export class FencedError extends Error {
  constructor(partition: number) {
    super(`Another recorder has taken over partition ${partition}.`);
    this.name = "FencedError";
  }
}

export type Recorder = {
  /**
   * Stores entries of one partition, in the order of the stream; those at or before the stored position are skipped.
   * Answers the position since. Throws FencedError, or when the database is away: then nothing of the failing part is stored.
   */
  apply: (entries: JournalEntry[], partition: number, fence: number) => Promise<{ lastId: string }>;
  /** Where each partition's recording stands; one that is missing begins at `0-0`. */
  positions: () => Promise<Map<number, string>>;
};

/** Bounds a transaction: about a tenth of a second of the server's time. */
const mostPerTransaction = 1000;
const beginning = "0-0";

/** `keepOut`: of a running server's; what must not be brought back is for it to know. */
export function createRecorder(
  { backgroundPool }: Pick<Database, "backgroundPool">,
  keepOut: KeepOut = async (_, entries) => entries,
): Recorder {
  async function store(part: Part): Promise<string> {
    try {
      return await retryTransient(
        () => inTransaction(backgroundPool, (connection) => storePart(connection, part, keepOut)),
        (error) => isTransient(error) || isDuplicate(error),
      );
    } catch (error) {
      if (error instanceof FencedError || isOutage(error) || isTransient(error)) throw error;
      return await storeAround(part, error);
    }
  }

  /** Something in this part can't be stored: halves it until the one is found, which is kept as a dead letter. */
  async function storeAround(part: Part, error: unknown): Promise<string> {
    const { entries } = part;
    if (entries.length <= 1) return await inTransaction(backgroundPool, (connection) => buryAll(connection, part, { error, keepOut }));
    const middle = Math.ceil(entries.length / 2);
    await store({ ...part, entries: entries.slice(0, middle) });
    return await store({ ...part, entries: entries.slice(middle) });
  }

  return {
    async apply(entries, partition, fence) {
      let lastId = beginning;
      for (let start = 0; start === 0 || start < entries.length; start += mostPerTransaction) {
        lastId = await store({ entries: entries.slice(start, start + mostPerTransaction), partition, fence });
      }
      return { lastId };
    },
    async positions() {
      const rows = await rowsOf<{ partition: number; last_id: string }>(
        backgroundPool,
        "SELECT `partition`, last_id FROM journal_positions",
      );
      return new Map(rows.map((row) => [row.partition, row.last_id]));
    },
  };
}

type Part = { entries: JournalEntry[]; partition: number; fence: number };

async function storePart(connection: Connection, part: Part, keepOut: KeepOut): Promise<string> {
  const { fresh: come, lastId } = await takePosition(connection, part);
  const fresh = await keepOut(connection, come);
  const events = fresh.map((entry) => entry.event);
  // Sent first, so that the server works on it while calls are folded; waited for last.
  const archiving = writeArchive(connection, fresh);
  archiving.catch(() => {});
  for (const { index, error } of await storeEvents(connection, events)) await bury(connection, fresh[index], error);
  await archiving;
  return await advance(connection, part.partition, fresh, lastId);
}

type Burial = { error: unknown; keepOut: KeepOut };

async function buryAll(connection: Connection, part: Part, { error, keepOut }: Burial): Promise<string> {
  const { fresh, lastId } = await takePosition(connection, part);
  for (const entry of await keepOut(connection, fresh)) await bury(connection, entry, error);
  return await advance(connection, part.partition, fresh, lastId);
}

/** Locks the partition's position, so that two recorders follow each other, and leaves out what is stored already. */
async function takePosition(
  connection: Queryable,
  { entries, partition, fence }: Part,
): Promise<{ fresh: JournalEntry[]; lastId: string }> {
  const begin =
    "INSERT INTO journal_positions (`partition`, last_id, fence, updated_at) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE fence = GREATEST(fence, VALUES(fence))";
  await execute(connection, begin, [partition, beginning, fence, new Date()]);
  const [row] = await rowsOf<{ last_id: string; fence: number }>(
    connection,
    "SELECT last_id, fence FROM journal_positions WHERE `partition` = ? FOR UPDATE",
    [partition],
  );
  if (!row || row.fence > fence) throw new FencedError(partition);
  return { fresh: entries.filter((entry) => isAfter(entry.id, row.last_id)), lastId: row.last_id };
}

async function advance(connection: Queryable, partition: number, fresh: JournalEntry[], lastId: string): Promise<string> {
  const next = fresh.at(-1)?.id ?? lastId;
  if (next !== lastId)
    await execute(connection, "UPDATE journal_positions SET last_id = ?, updated_at = ? WHERE `partition` = ?", [
      next,
      new Date(),
      partition,
    ]);
  return next;
}

/** Stream ids are `milliseconds-sequence`. */
function isAfter(id: string, other: string): boolean {
  const [ms = 0, sequence = 0] = id.split("-").map(Number);
  const [otherMs = 0, otherSequence = 0] = other.split("-").map(Number);
  return ms > otherMs || (ms === otherMs && sequence > otherSequence);
}

const mostErrorCharacters = 2000;

async function bury(connection: Queryable, entry: JournalEntry | undefined, error: unknown): Promise<void> {
  if (!entry) return;
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const sql =
    "INSERT INTO dead_letters (`partition`, entry_id, tenant_id, event, error, created_at) VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE error = VALUES(error)";
  const values = [
    entry.partition,
    entry.id,
    tenantOf(entry.event),
    jsonText(entry.event) ?? "null",
    words.slice(0, mostErrorCharacters),
    new Date(),
  ];
  await execute(connection, sql, values);
}

/** Whatever stands where the tenant should. */
function tenantOf(event: JournalEvent | null): string {
  return typeof event?.tenantId === "string" ? event.tenantId.slice(0, 255) : "";
}
