/** Takes a number out of the pieces of the journal that are kept for an hour for those who come back. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Database } from "../database/database.ts";
import { maskJson } from "./erased-numbers.ts";
import { addCounts, type Erasing, likelyPattern, lockCounts } from "./erase-rows.ts";
import { retryTransient } from "../database/retry-transient.ts";
import { execute, inTransaction, rowsOf } from "../database/sql.ts";

type Piece = { last_ms: number; last_seq: number; entries: Buffer };

const piecesPerPage = 20;

/** Written once and never again: what is recorded from now on comes without the number. */
export async function eraseArchive({ backgroundPool }: Pick<Database, "backgroundPool">, erasing: Erasing): Promise<void> {
  const { tenantId, number, mask, signal } = erasing;
  const likely = new RegExp(likelyPattern(number));
  const sql = `SELECT last_ms, last_seq, entries FROM journal_archive WHERE tenant_id = ? AND last_ms >= ? AND (last_ms > ? OR last_seq > ?)
    ORDER BY last_ms, last_seq LIMIT ${piecesPerPage}`;
  await erasing.onStore("journalArchive");
  for (let after = { ms: 0, seq: -1 }, page: Piece[] | null = null; !signal.aborted && page?.length !== 0; ) {
    page = await rowsOf<Piece>(backgroundPool, sql, [tenantId, after.ms, after.ms, after.seq]);
    for (const piece of page) {
      after = { ms: piece.last_ms, seq: piece.last_seq };
      const text = inflateRawSync(piece.entries).toString();
      const masked = likely.test(text) ? maskJson(text, mask) : text;
      if (masked !== text) await replacePiece({ backgroundPool }, erasing, { ...piece, entries: deflateRawSync(masked, { level: 1 }) });
    }
  }
}

const replacePiece = ({ backgroundPool }: Pick<Database, "backgroundPool">, erasing: Erasing, piece: Piece): Promise<void> =>
  retryTransient(() =>
    inTransaction(backgroundPool, async (connection) => {
      const counts = await lockCounts(connection, erasing);
      const sql = "UPDATE journal_archive SET entries = ? WHERE tenant_id = ? AND last_ms = ? AND last_seq = ?";
      const changed = await execute(connection, sql, [piece.entries, erasing.tenantId, piece.last_ms, piece.last_seq]);
      await addCounts(connection, erasing, { ...counts, journalArchive: (counts["journalArchive"] ?? 0) + changed });
    }),
  );
