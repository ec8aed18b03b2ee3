import { expect, test } from "vitest";
import { createTestDatabase } from "../../../../tests/database.ts";
import { createDatabase } from "./database.ts";
import { execute, inTransaction, rowsOf, type SqlValue } from "./sql.ts";
import { bulkInsert } from "./write-rows.ts";

const columns = ["id", "at", "amount", "large", "yes", "text", "bytes", "detail", "nothing"];
const table = `CREATE TABLE everything (id INT PRIMARY KEY, at DATETIME(3) NOT NULL, amount DOUBLE NOT NULL, large BIGINT NOT NULL,
  yes BOOLEAN NOT NULL, text VARCHAR(255) NOT NULL, bytes BINARY(16) NOT NULL, detail JSON NOT NULL, nothing VARCHAR(24))
  DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`;

async function openTable() {
  const database = createDatabase(await createTestDatabase());
  await execute(database.backgroundPool, table);
  return { ...database, [Symbol.asyncDispose]: database.close };
}

const rowOf = (id: number): SqlValue[] => [
  ...[id, new Date(Date.UTC(2026, id % 12, 28, id % 24, 59, 7, id % 1_000)), id / 7, 2 ** 40 + id, id % 2 === 0],
  ...[`'"\\ \n ${id} 终点站 🚆`, Buffer.alloc(16, id), JSON.stringify({ quoted: `'"\\${id}` }), id % 3 === 0 ? "something" : null],
];

test("however many rows are written at once, each value is what it was", async () => {
  await using database = await openTable();
  const { backgroundPool } = database;
  const rows = Array.from({ length: 250 }, (_, id) => rowOf(id));
  for (const onDuplicate of ["fail", "keep", { replace: columns }] as const)
    await inTransaction(backgroundPool, (connection) => bulkInsert(connection, { table: "everything", columns, rows, onDuplicate }));
  const stored = await rowsOf<Record<string, SqlValue>>(backgroundPool, "SELECT * FROM everything ORDER BY id");
  const asStored = (value: SqlValue) => (typeof value === "boolean" ? Number(value) : value);
  expect(stored.map((row) => Object.values(row))).toEqual(rows.map((row) => row.map(asStored)));
  const [first] = await rowsOf(backgroundPool, "SELECT CAST(at AS CHAR) AS written FROM everything WHERE id = 13");
  expect(first).toEqual({ written: "2026-02-28 13:59:07.013" });
});

test("a row among hundreds that does not fit fails all of them, as it does alone", async () => {
  await using database = await openTable();
  const { backgroundPool } = database;
  const rows = Array.from({ length: 250 }, (_, id) => (id === 42 ? rowOf(id).with(5, "x".repeat(256)) : rowOf(id)));
  const writing = inTransaction(backgroundPool, (connection) =>
    bulkInsert(connection, { table: "everything", columns, rows, onDuplicate: "fail" }),
  );
  await expect(writing).rejects.toMatchObject({ code: "ER_DATA_TOO_LONG" });
  expect(await rowsOf(backgroundPool, "SELECT id FROM everything")).toEqual([]);
});
