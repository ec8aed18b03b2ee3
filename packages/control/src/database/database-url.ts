/** Reads `mysql://user:password@host:port/database?ssl=true` into what the driver wants. */
import type { ConnectionConfig } from "mariadb";

export type DatabaseAddress = { server: ConnectionConfig; database: string };

/** Throws with words for an operator when the URL can't be used. `ssl=true` verifies the server's certificate. */
export function readDatabaseUrl(url: string): DatabaseAddress {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !["mysql:", "mariadb:"].includes(parsed.protocol))
    throw new Error("DATABASE_URL must look like mysql://user:password@host:3306/database");
  const database = decodeURIComponent(parsed.pathname.slice(1));
  if (!/^[A-Za-z0-9_$-]{1,64}$/.test(database))
    throw new Error("DATABASE_URL must end in a database's name (letters, digits, _ and -), as in mysql://host/switchboard");
  return {
    database,
    server: {
      host: parsed.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: parsed.port === "" ? 3306 : Number(parsed.port),
      user: decodeURIComponent(parsed.username),
      password: decodeURIComponent(parsed.password),
      // Needed for MySQL 8's default authentication over a plain connection.
      allowPublicKeyRetrieval: true,
      ...(parsed.searchParams.get("ssl") === "true" ? { ssl: true } : {}),
    },
  };
}
