import { mkdtemp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mariadb";
import { expect, test } from "vitest";
import { createTestDatabase } from "../../../../tests/database.ts";
import { readDatabaseUrl } from "./database-url.ts";
import { migrate } from "./migrate.ts";
import { ddlOfSchema } from "./schema-ddl.ts";
import { rowsOf } from "./sql.ts";

async function connectTo(url: string) {
  const { server, database } = readDatabaseUrl(url);
  const connection = await createConnection({ ...server, database, multipleStatements: true });
  return { connection, database, [Symbol.asyncDispose]: () => connection.end() };
}

async function folderWith(migrations: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "migrations-"));
  for (const [name, sql] of Object.entries(migrations)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "migration.sql"), sql);
  }
  return folder;
}

const ourFolder = new URL("../../../../prisma/migrations/", import.meta.url);
const everyMigration = (await readdir(ourFolder, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

test("two migrating at once: one works, one waits, each migration runs once", async () => {
  const url = await createTestDatabase();
  const results = await Promise.all([migrate(url), migrate(url)]);
  expect(results.flatMap((result) => result.applied)).toEqual(everyMigration);
  expect(await migrate(url)).toEqual({ applied: [], edited: [] });
});

test("a database that is missing is created", async () => {
  const url = new URL(await createTestDatabase());
  url.pathname = `${url.pathname}_new`;
  expect((await migrate(url.href)).applied).toEqual(everyMigration);
});

test("after a migration that failed, nothing more is applied until someone has repaired it", async () => {
  const url = await createTestDatabase();
  const folder = await folderWith({
    "1_good": "CREATE TABLE a (id INT PRIMARY KEY);",
    "2_bad": "CREATE TABLE b (id INT PRIMARY KEY); CREATE TABLE a (id INT);",
  });
  await expect(migrate(url, folder)).rejects.toThrow("2_bad failed");
  await expect(migrate(url, folder)).rejects.toThrow("2_bad failed half-way");
});

test("a migration edited after it was applied is reported and not run again", async () => {
  const url = await createTestDatabase();
  const folder = await folderWith({ "1_first": "CREATE TABLE a (id INT PRIMARY KEY);" });
  await migrate(url, folder);
  await writeFile(join(folder, "1_first", "migration.sql"), "DROP TABLE a;");
  expect(await migrate(url, folder)).toEqual({ applied: [], edited: ["1_first"] });
  await using opened = await connectTo(url);
  expect(await rowsOf(opened.connection, "SELECT COUNT(*) AS count FROM a")).toEqual([{ count: 0 }]);
});

test("the migrations build exactly what the Prisma schema says", async () => {
  const [migrated, derived] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await migrate(migrated);
  const schema = await readFile(new URL("../../../../prisma/schema.prisma", import.meta.url), "utf8");
  await using ours = await connectTo(migrated);
  await using theirs = await connectTo(derived);
  await theirs.connection.query(ddlOfSchema(schema).join(";\n"));
  const shape = await shapeOf(ours);
  expect(shape.columns.length).toBeGreaterThan(100);
  expect(shape).toEqual(await shapeOf(theirs));
});

/** Columns, indexes and foreign keys as the server sees them; names of collations and CHECKs are not Prisma's business. */
async function shapeOf({ connection, database }: Awaited<ReturnType<typeof connectTo>>) {
  const where = "WHERE TABLE_SCHEMA = ? AND TABLE_NAME <> '_prisma_migrations'";
  return {
    columns: await rowsOf(
      connection,
      `SELECT TABLE_NAME t, COLUMN_NAME c, COLUMN_TYPE type, IS_NULLABLE nullable, COLUMN_DEFAULT fallback, EXTRA extra FROM information_schema.COLUMNS ${where} ORDER BY 1, 2`,
      [database],
    ),
    indexes: await rowsOf(
      connection,
      `SELECT TABLE_NAME t, INDEX_NAME i, NON_UNIQUE n, SEQ_IN_INDEX s, COLUMN_NAME c FROM information_schema.STATISTICS ${where} ORDER BY 1, 2, 4`,
      [database],
    ),
    references: await rowsOf(
      connection,
      `SELECT k.TABLE_NAME t, k.CONSTRAINT_NAME name, k.ORDINAL_POSITION o, k.COLUMN_NAME c, k.REFERENCED_TABLE_NAME rt, k.REFERENCED_COLUMN_NAME rc, r.UPDATE_RULE u, r.DELETE_RULE d
       FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r
         ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.TABLE_NAME = k.TABLE_NAME AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME
       WHERE k.TABLE_SCHEMA = ? ORDER BY 1, 2, 3`,
      [database],
    ),
  };
}
