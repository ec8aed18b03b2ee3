/** Puts many call records into a running product's own database: to be rung one by one they would take too long. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createConnection } from "mariadb";

const connectionOf = async (dataDir: string) => {
  const { databaseUrl } = JSON.parse(await readFile(join(dataDir, "servers.json"), "utf8")) as { databaseUrl: string };
  return await createConnection(databaseUrl.replace(/^mysql:/, "mariadb:"));
};

const perInsert = 1_000;
const columns =
  "tenant_id, id, session, direction, from_number, to_number, status, state, reason, agent_id, started_at, ended_at, duration_seconds, fold, updated_at";

type Many = {
  domain: string;
  count: number /** Of the caller's number, which ends with the call's place, 1 the latest. */;
  prefix: string;
};

type Calls = AsyncDisposable & { numberOf: (place: number) => string };

/** Taken out again when it is disposed. */
export const insertCalls = async (dataDir: string, { domain, count, prefix }: Many): Promise<Calls> => {
  const connection = await connectionOf(dataDir);
  const [tenant] = await connection.query<{ tenant_id: string }[]>("SELECT tenant_id FROM tenant_domains WHERE domain = ?", [domain]);
  const latest = Date.now() - 3_600_000;
  const numberOf = (place: number): string => `${prefix}${String(place).padStart(6, "0")}`;
  const rowOf = (place: number): unknown[] => {
    const at = new Date(latest - place * 1_000);
    const from = numberOf(place);
    const words = [`made-up-${from}`, "inbound", from, "+15550100001", "completed", "completed", "matched", null];
    return [tenant?.tenant_id, `cal_${from.slice(1).padStart(20, "x")}`, ...words, at, at, place % 600, "{}", at];
  };
  const marks = `(${columns.replace(/[^,]+/g, "?")})`;
  for (let first = 1; first <= count; first += perInsert) {
    const rows = Array.from({ length: Math.min(perInsert, count - first + 1) }, (_, index) => rowOf(first + index));
    await connection.query(`INSERT INTO call_records (${columns}) VALUES ${rows.map(() => marks).join(",")}`, rows.flat());
  }
  return {
    numberOf,
    [Symbol.asyncDispose]: async () => {
      await connection.query("DELETE FROM call_records WHERE from_number LIKE ?", [`${prefix}%`]);
      await connection.end();
    },
  };
};
