/**
 * Keeps for an hour what people who watch were told, so that whoever comes back late misses nothing: written by the recorder in
 * pieces, compressed (rows and text would cost it several times as much), read page by page, forgotten in small steps.
 */
import { promisify } from "node:util";
import { deflateRaw, inflateRawSync } from "node:zlib";
import type { TenantId } from "@switchboard/routing/ids";
import type { JournalEntry } from "@switchboard/routing/journal-event";
import { type WatchedEntry, watchedOf } from "@switchboard/routing/watched-event";
import type { Database } from "../database/database.ts";
import { execute, type Queryable, rowsOf, type SqlValue } from "../database/sql.ts";
import { bulkInsert } from "../database/write-rows.ts";

const entriesPerPiece = 100;
const piecesPerPage = 20;
const piecesPerDeletion = 100;

type Position = { ms: number; sequence: number };

/** Stream ids are `milliseconds-sequence`. */
const positionOf = (id: string): Position => {
  const [ms = 0, sequence = 0] = id.split("-").map(Number);
  return { ms, sequence };
};

const isAfter = (id: string, { ms, sequence }: Position): boolean => {
  const of = positionOf(id);
  return of.ms > ms || (of.ms === ms && of.sequence > sequence);
};

const deflate = promisify(deflateRaw);
const packed = (piece: WatchedEntry[]): Promise<Buffer> => deflate(JSON.stringify(piece), { level: 1 });
const unpacked = (piece: Buffer): WatchedEntry[] => JSON.parse(inflateRawSync(piece).toString());

/** Entries in the order of the stream; part of the transaction that stores the position behind them, so that each is kept once. */
export async function writeArchive(connection: Queryable, entries: readonly JournalEntry[]): Promise<void> {
  const watched = entries.flatMap((entry) => watchedOf(entry) ?? []);
  const pieces: Promise<SqlValue[]>[] = [];
  for (const [tenantId, some] of Map.groupBy(watched, ({ event }) => event.tenantId)) {
    for (let start = 0; start < some.length; start += entriesPerPiece) {
      const piece = some.slice(start, start + entriesPerPiece);
      const { ms, sequence } = positionOf(piece.at(-1)?.id ?? "");
      pieces.push(packed(piece).then((bytes) => [tenantId, ms, sequence, bytes]));
    }
  }
  await bulkInsert(connection, {
    table: "journal_archive",
    columns: ["tenant_id", "last_ms", "last_seq", "entries"],
    rows: await Promise.all(pieces),
    onDuplicate: "keep",
  });
}

export type ReadArchive = (tenantId: TenantId, afterId: string) => Promise<WatchedEntry[]>;

/** The next entries of the tenant behind `afterId`, in order; none when none is kept. Throws ControlError `unavailable` when the database is away. */
export const createReadArchive =
  ({ pool, breaker }: Pick<Database, "pool" | "breaker">): ReadArchive =>
  async (tenantId, afterId) => {
    const after = positionOf(afterId);
    const sql =
      "SELECT entries FROM journal_archive WHERE tenant_id = ? AND last_ms >= ? AND (last_ms > ? OR last_seq > ?) ORDER BY last_ms, last_seq LIMIT ?";
    const values = [tenantId, after.ms, after.ms, after.sequence, piecesPerPage];
    const rows = await breaker.run(() => rowsOf<{ entries: Buffer }>(pool, sql, values));
    const entries = rows.flatMap((row) => unpacked(row.entries));
    return entries.filter(({ id }) => isAfter(id, after));
  };

/** Forgets pieces that ended before `beforeMs` (since the epoch), a few at a time; answers how many. */
export async function purgeArchive(
  { backgroundPool }: Pick<Database, "backgroundPool">,
  beforeMs: number,
  signal: AbortSignal,
): Promise<number> {
  const tenants = await rowsOf<{ tenant_id: string }>(backgroundPool, "SELECT DISTINCT tenant_id FROM journal_archive");
  const sql = "DELETE FROM journal_archive WHERE tenant_id = ? AND last_ms < ? ORDER BY last_ms, last_seq LIMIT ?";
  let purged = 0;
  for (const { tenant_id: tenantId } of tenants) {
    for (let gone = piecesPerDeletion; gone === piecesPerDeletion && !signal.aborted; purged += gone)
      gone = await execute(backgroundPool, sql, [tenantId, beforeMs, piecesPerDeletion]);
  }
  return purged;
}
