/** Raw SQL where Prisma would be too slow: rows as plain objects, and transactions that always end. */
import type { Connection, Pool, QueryOptions } from "mariadb";

/** What can run a statement: a pool, or a connection inside a transaction. */
export type Queryable = Pick<Connection, "query"> & Partial<Pick<Connection, "execute" | "info">>;

export type SqlValue = string | number | bigint | boolean | Date | Buffer | null;

/** Whole numbers come as numbers (ours stay below 2^53), JSON as text, times as Date. */
const rowOptions = {
  bigIntAsNumber: true,
  insertIdAsNumber: true,
  jsonStrings: true,
  autoJsonMap: false,
} satisfies Partial<QueryOptions> & { jsonStrings: boolean; autoJsonMap: boolean };

/** The rows of a SELECT; the caller names the columns' types, which the schema's test against the migrations vouches for. */
export async function rowsOf<Row>(target: Queryable, sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
  return await target.query<Row[]>({ sql, ...rowOptions }, [...values]);
}

/** Runs a statement and answers how many rows it touched. */
export async function execute(target: Queryable, sql: string, values: readonly SqlValue[] = []): Promise<number> {
  const result = await target.query<{ affectedRows: number }>({ sql, ...rowOptions }, [...values]);
  return result.affectedRows;
}

/**
 * The same for a long statement that comes again and again, prepared once on a connection of the background pool: its values are then
 * neither escaped here nor parsed there, which is about half of the work on either side. MySQL doesn't take a statement together with
 * the one that prepares it, so that others could overtake it: there it goes as text.
 */
export async function executeOften(target: Queryable, sql: string, values: readonly SqlValue[]): Promise<number> {
  if (!target.execute || target.info?.isMariaDB() !== true) return await execute(target, sql, values);
  const result = await target.execute<{ affectedRows: number }>({ sql, ...rowOptions }, [...values]);
  return result.affectedRows;
}

/**
 * One transaction on one connection: committed when `work` resolves, rolled back when it throws. Isolation is READ
 * COMMITTED, so that what was just locked is read as it is now, not as it was when the transaction began. Autocommit is off:
 * a deadlock ends the transaction at once, and what was sent behind the statement that met it must not count on its own.
 */
export async function inTransaction<Result>(pool: Pool, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  return await bracketed(pool, ["SET TRANSACTION ISOLATION LEVEL READ COMMITTED", "SET autocommit = 0"], work);
}

/** Several reads of one moment. */
export async function inSnapshot<Result>(pool: Pool, work: (connection: Queryable) => Promise<Result>): Promise<Result> {
  return await bracketed(
    pool,
    ["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"],
    work,
  );
}

async function bracketed<Result>(pool: Pool, opening: string[], work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const connection = await pool.getConnection();
  // A connection that breaks between two statements raises this event; without a listener it would end the process.
  const ignore = () => {};
  connection.on("error", ignore);
  try {
    await Promise.all(opening.map((statement) => connection.query(statement)));
    const result = await work(connection);
    await connection.commit();
    return result;
  } catch (error) {
    await connection.rollback().catch(() => connection.destroy());
    throw error;
  } finally {
    await connection.query("SET autocommit = 1").catch(() => connection.destroy());
    connection.off("error", ignore);
    await connection.release().catch(ignore);
  }
}

/** `(?,?),(?,?)` for a multi-row INSERT. */
export function placeholders(rows: number, columns: number): string {
  const row = `(${Array.from({ length: columns }, () => "?").join(",")})`;
  return Array.from({ length: rows }, () => row).join(",");
}

/** The text of a value for a JSON column; SQL's NULL for null. */
export function jsonText(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
