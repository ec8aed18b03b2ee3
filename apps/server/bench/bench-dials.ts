/** A million dials of the last day, as they stand counted beside their records, spread over the members of some groups. */
import { createDatabase } from "@switchboard/control/database";
import { byDay, byHour, type DialCounts, placeIn } from "@switchboard/control/dial-slots";
import { execute, placeholders, rowsOf, type SqlValue } from "@switchboard/control/sql";

const dials = 1_000_000;
const rowsPerInsert = 1_000;
const windowMs = 24 * 3_600_000;

type Pair = { group_id: string; agent_id: string };

/** The rows of one pair that the last day and the hour in which it began touch, the same in each column. */
const rowsOfPair = (
  counts: DialCounts,
  { group_id, agent_id }: Pair,
  { tenant, now, perHour }: { tenant: string; now: number; perHour: number },
) => {
  const [first, last] = [placeIn(counts, now - windowMs).unit, placeIn(counts, now).unit];
  const each = Math.round((perHour * counts.slotMs) / byDay.slotMs);
  return Array.from({ length: last - first + 1 }, (_, index): SqlValue[] => [
    tenant,
    group_id,
    agent_id,
    first + index,
    ...counts.columns.map(() => each),
  ]);
};

/** Of the groups that a list by name begins with. */
export const fillDials = async (databaseUrl: string, tenant: string, groups: number): Promise<void> => {
  const database = createDatabase(databaseUrl);
  try {
    const pairs = await rowsOf<Pair>(
      database.backgroundPool,
      `SELECT m.group_id, m.agent_id FROM group_members m JOIN (SELECT id FROM agent_groups WHERE tenant_id = ? ORDER BY name LIMIT ?) AS g
       ON g.id = m.group_id WHERE m.tenant_id = ?`,
      [tenant, groups, tenant],
    );
    const made = { tenant, now: Date.now(), perHour: dials / 24 / pairs.length };
    for (const counts of [byDay, byHour]) {
      const columns = ["tenant_id", "target_id", "agent_id", `\`${counts.unit}\``, ...counts.columns];
      const rows = pairs.flatMap((pair) => rowsOfPair(counts, pair, made));
      for (let from = 0; from < rows.length; from += rowsPerInsert) {
        const some = rows.slice(from, from + rowsPerInsert);
        const sql = `INSERT INTO ${counts.table} (${columns.join(",")}) VALUES ${placeholders(some.length, columns.length)}`;
        await execute(database.backgroundPool, sql, some.flat());
      }
    }
  } finally {
    await database.close();
  }
};
