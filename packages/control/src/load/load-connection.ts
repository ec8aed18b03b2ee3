/** A connection for statements that take minutes, as no pool's may. */
import { type Connection, createConnection } from "mariadb";
import { readDatabaseUrl } from "../database/database-url.ts";

/** For whoever opens it to end. */
export async function openLoadConnection(url: string): Promise<Connection> {
  const { server, database } = readDatabaseUrl(url);
  return await createConnection({ ...server, database, timezone: "Z" });
}
