/** Forgets the minutes and hours of figures that are kept no longer, a little at a time. */
import { dimensions } from "./contribution.ts";
import type { Database } from "../database/database.ts";
import { bucketSizes, forgottenBefore } from "./rollup-buckets.ts";
import { execute, rowsOf } from "../database/sql.ts";

const rowsPerDeletion = 1000;

/** Answers how many rows that were. Nobody writes to them any more, so it disturbs nobody and may be done twice at once. */
export async function pruneRollups(
  { backgroundPool }: Pick<Database, "backgroundPool">,
  nowMs: number,
  signal: AbortSignal,
): Promise<number> {
  let pruned = 0;
  const prune = async (table: string, where: string, values: (string | Date)[]) => {
    for (let gone = rowsPerDeletion; gone === rowsPerDeletion && !signal.aborted; pruned += gone)
      gone = await execute(backgroundPool, `DELETE FROM ${table} WHERE ${where} ORDER BY start_at LIMIT ${rowsPerDeletion}`, values);
  };
  for (const { id } of await rowsOf<{ id: string }>(backgroundPool, "SELECT id FROM tenants")) {
    for (const size of bucketSizes) {
      const before = forgottenBefore(size, nowMs);
      if (before === null) continue;
      const values = [id, size, new Date(before)];
      for (const dimension of dimensions)
        await prune("call_rollups", "tenant_id = ? AND dimension = ? AND size = ? AND start_at < ?", [
          id,
          dimension,
          size,
          new Date(before),
        ]);
      await prune("call_sketches", "tenant_id = ? AND size = ? AND start_at < ?", values);
    }
  }
  return pruned;
}
