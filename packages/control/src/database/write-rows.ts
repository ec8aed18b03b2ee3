/** Writes many rows in few statements: five to ten times as fast as one by one, and as bounded. */
import { execute, executeOften, placeholders, type Queryable, type SqlValue } from "./sql.ts";

const mostRowsPerStatement = 100;

export type BulkInsert = {
  table: string;
  columns: readonly string[];
  rows: readonly (readonly SqlValue[])[];
  /** When the row is there already: nothing, the statement fails, or these columns are replaced, added to, or raised. */
  onDuplicate: "keep" | "fail" | { replace: readonly string[] } | { add: readonly string[] } | { greatest: readonly string[] };
};

/**
 * Sends every statement before it waits for the first answer: what is sent next is written while the server works, and
 * statements of one connection run in the order they were sent. Never INSERT IGNORE, which would also hide what doesn't fit.
 */
export async function bulkInsert(connection: Queryable, { table, columns, rows, onDuplicate }: BulkInsert): Promise<void> {
  const names = columns.map((name) => `\`${name}\``);
  const sent: Promise<number>[] = [];
  for (let start = 0; start < rows.length; start += mostRowsPerStatement) {
    const some = rows.slice(start, start + mostRowsPerStatement);
    const insert = `INSERT INTO ${table} (${names.join(",")}) VALUES ${placeholders(some.length, columns.length)}`;
    // Full ones have the same text each time.
    const send = some.length === mostRowsPerStatement ? executeOften : execute;
    sent.push(send(connection, insert + duplicateClause(onDuplicate, names), some.flat()));
  }
  await Promise.all(sent);
}

function duplicateClause(onDuplicate: BulkInsert["onDuplicate"], names: string[]): string {
  if (onDuplicate === "fail") return "";
  if (onDuplicate === "keep") return ` ON DUPLICATE KEY UPDATE ${names[0]} = ${names[0]}`;
  const set = (columns: readonly string[], value: (name: string) => string) =>
    ` ON DUPLICATE KEY UPDATE ${columns.map((name) => `\`${name}\` = ${value(`\`${name}\``)}`).join(",")}`;
  if ("add" in onDuplicate) return set(onDuplicate.add, (name) => `${name} + VALUES(${name})`);
  if ("greatest" in onDuplicate) return set(onDuplicate.greatest, (name) => `GREATEST(${name}, VALUES(${name}))`);
  return set(onDuplicate.replace, (name) => `VALUES(${name})`);
}
