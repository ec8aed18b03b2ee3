/** Indexes that a large load takes away and puts back: built at once from all rows they take minutes, kept up row by row hours. */
import { execute, type Queryable, rowsOf } from "../database/sql.ts";

/** As the schema has them; a test compares the two. */
export const loadIndexes: Record<string, Record<string, readonly string[]>> = {
  call_records: {
    call_records_started_idx: ["tenant_id", "started_at", "id", "from_number", "to_number"],
    call_records_status_idx: ["tenant_id", "status", "started_at", "id"],
    call_records_reason_idx: ["tenant_id", "reason", "started_at", "id"],
    call_records_traits_idx: ["tenant_id", "traits", "started_at", "id"],
    call_records_from_idx: ["tenant_id", "from_number", "started_at", "id"],
    call_records_to_idx: ["tenant_id", "to_number", "started_at", "id"],
    call_records_from_tail_idx: ["tenant_id", "from_tail", "started_at", "id"],
    call_records_to_tail_idx: ["tenant_id", "to_tail", "started_at", "id"],
    call_records_rule_idx: ["tenant_id", "rule_id", "started_at", "id"],
    call_records_group_idx: ["tenant_id", "group_id", "started_at", "id"],
  },
  call_attempts: {
    call_attempts_agent_idx: ["tenant_id", "agent_id", "call_started_at", "call_id", "test", "started_at"],
    call_attempts_result_idx: ["tenant_id", "agent_id", "result", "test", "started_at", "call_id"],
  },
};

const present = async (connection: Queryable, table: string): Promise<Set<string>> => {
  const sql = "SELECT DISTINCT index_name AS name FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ?";
  return new Set((await rowsOf<{ name: string }>(connection, sql, [table])).map(({ name }) => name));
};

export async function removeIndexes(connection: Queryable): Promise<void> {
  for (const [table, indexes] of Object.entries(loadIndexes)) {
    const there = await present(connection, table);
    const drops = Object.keys(indexes).filter((name) => there.has(name));
    if (drops.length > 0) await execute(connection, `ALTER TABLE ${table} ${drops.map((name) => `DROP INDEX ${name}`).join(", ")}`);
  }
}

/** Those that are missing, several in one reading of the table; also what a load that was broken off has left away. */
export async function putBackIndexes(connection: Queryable, say: (line: string) => void): Promise<void> {
  for (const [table, indexes] of Object.entries(loadIndexes)) {
    const there = await present(connection, table);
    const missing = Object.entries(indexes).filter(([name]) => !there.has(name));
    for (let start = 0; start < missing.length; start += indexesAtOnce) {
      const some = missing.slice(start, start + indexesAtOnce);
      say(`building ${some.map(([name]) => name).join(", ")}`);
      const adds = some.map(([name, columns]) => `ADD INDEX ${name} (${columns.join(", ")})`);
      await execute(connection, `ALTER TABLE ${table} ${adds.join(", ")}`);
    }
  }
}

/** Each needs room for a copy of itself while it is sorted. */
const indexesAtOnce = 5;
