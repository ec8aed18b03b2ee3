/** Applies prisma/migrations as `prisma migrate deploy` would, where Prisma's schema engine can't be had; the same table, the same rules. */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Connection, createConnection } from "mariadb";
import { errnoOf } from "./database-outage.ts";
import { readDatabaseUrl } from "./database-url.ts";
import { execute, rowsOf } from "./sql.ts";

export type MigrationResult = {
  applied: string[];
  /** Applied before, and changed in the folder since: a warning, never run again. */
  edited: string[];
};

const migrationsFolder = fileURLToPath(new URL("../../../../prisma/migrations", import.meta.url));
const lockSeconds = 60;
const unknownDatabase = 1049;

/**
 * Brings the database up to the folder's state, creating it when it is missing and the account may. Two at once: one works,
 * one waits. Throws with words for an operator when an earlier migration failed half-way, or this one does.
 */
export async function migrate(databaseUrl: string, folder: string = migrationsFolder): Promise<MigrationResult> {
  const connection = await connect(databaseUrl);
  connection.on("error", () => {});
  try {
    const lock = await rowsOf<{ taken: number | null }>(connection, "SELECT GET_LOCK('prisma_migrate', ?) AS taken", [lockSeconds]);
    if (lock[0]?.taken !== 1)
      throw new Error(`Another process has been migrating this server for ${lockSeconds} seconds; try again when it is done.`);
    return await applyAll(connection, folder);
  } finally {
    // Ending the connection gives the lock back.
    await connection.end().catch(() => connection.destroy());
  }
}

async function connect(databaseUrl: string): Promise<Connection> {
  const { server, database } = readDatabaseUrl(databaseUrl);
  const options = { ...server, connectTimeout: 5000, multipleStatements: true, timezone: "Z" };
  try {
    return await createConnection({ ...options, database });
  } catch (error) {
    if (errnoOf(error) !== unknownDatabase) throw error;
  }
  const connection = await createConnection(options);
  try {
    await connection.query(`CREATE DATABASE IF NOT EXISTS \`${database}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    await connection.query(`USE \`${database}\``);
    return connection;
  } catch (error) {
    connection.destroy();
    throw new Error(`The database ${database} does not exist and could not be created; create it, or let the account do so.`, {
      cause: error,
    });
  }
}

async function applyAll(connection: Connection, folder: string): Promise<MigrationResult> {
  await connection.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) NOT NULL PRIMARY KEY, checksum VARCHAR(64) NOT NULL, finished_at DATETIME(3) NULL, migration_name VARCHAR(255) NOT NULL,
    logs TEXT NULL, rolled_back_at DATETIME(3) NULL, started_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), applied_steps_count INTEGER UNSIGNED NOT NULL DEFAULT 0
  ) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  const known = await rowsOf<{ name: string; checksum: string; finished: number }>(
    connection,
    "SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  const failed = known.find((row) => row.finished !== 1);
  if (failed)
    throw new Error(
      `The migration ${failed.name} failed half-way. Repair the schema by hand, then set rolled_back_at in _prisma_migrations (or run prisma migrate resolve).`,
    );

  const result: MigrationResult = { applied: [], edited: [] };
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  for (const name of names.toSorted()) {
    const sql = await readFile(`${folder}/${name}/migration.sql`, "utf8");
    const checksum = createHash("sha256").update(sql).digest("hex");
    const before = known.find((row) => row.name === name);
    if (!before) {
      await applyOne(connection, { name, sql, checksum });
      result.applied.push(name);
    } else if (before.checksum !== checksum) {
      result.edited.push(name);
    }
  }
  return result;
}

async function applyOne(connection: Connection, migration: { name: string; sql: string; checksum: string }): Promise<void> {
  const id = randomUUID();
  await execute(connection, "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES (?, ?, ?)", [
    id,
    migration.checksum,
    migration.name,
  ]);
  try {
    await connection.query(migration.sql);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    await execute(connection, "UPDATE _prisma_migrations SET logs = ? WHERE id = ?", [words.slice(0, 10_000), id]);
    throw new Error(`The migration ${migration.name} failed: ${words}`, { cause: error });
  }
  await execute(connection, "UPDATE _prisma_migrations SET finished_at = NOW(3), applied_steps_count = 1 WHERE id = ?", [id]);
}
