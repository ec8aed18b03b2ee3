/** Gives a test file a database of its own on the run's MariaDB; it goes away with that server at the end of the run. */
import { randomBytes } from "node:crypto";
import { createConnection } from "mariadb";
import { inject } from "vitest";

/** Creates an empty database and answers its URL (`mysql://…/test_…`); apply the migrations with control's `migrate`. */
export async function createTestDatabase(): Promise<string> {
  const server = new URL(inject("databaseServerUrl"));
  const name = `test_${randomBytes(8).toString("hex")}`;
  const connection = await createConnection({ host: server.hostname, port: Number(server.port), user: server.username });
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  await connection.end();
  return new URL(`/${name}`, server).href;
}
