/** Inserts rows as one text each: for millions of rows, filling in placeholders would take most of the time. */
import type { Queryable, SqlValue } from "../database/sql.ts";

const rowsPerStatement = 1_000;

/** As both servers read it in their default mode. Throws for what a load has no use for. */
function literal(value: SqlValue): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return /['\\]/.test(value) ? `'${value.replace(/['\\]/g, "\\$&")}'` : `'${value}'`;
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value instanceof Date) return `'${value.toISOString().slice(0, -1).replace("T", " ")}'`;
  throw new Error("no bytes are loaded");
}

/** Rows that are there already stay as they are. All is sent before the first answer is waited for. */
export async function insertText(connection: Queryable, table: string, columns: readonly string[], rows: SqlValue[][]): Promise<void> {
  const sent: Promise<unknown>[] = [];
  const [first = ""] = columns;
  const keep = `ON DUPLICATE KEY UPDATE ${first} = ${table}.${first}`;
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    const values = rows.slice(start, start + rowsPerStatement).map((row) => `(${row.map(literal).join(",")})`);
    // Without a list of values, which the driver would look for places for.
    sent.push(connection.query(`INSERT INTO ${table} (${columns.join(",")}) VALUES ${values.join(",")} ${keep}`));
  }
  await Promise.all(sent);
}
