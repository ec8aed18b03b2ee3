/** Takes a number out of MySQL's tables, a part at a time: every row of the tenant is looked at, those that name it are written anew. */
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import type { Connection } from "mariadb";
import type { Database } from "../database/database.ts";
import { maskJson } from "./erased-numbers.ts";
import { tailOf } from "../calls/number-tail.ts";
import { retryTransient } from "../database/retry-transient.ts";
import { execute, inTransaction, type Queryable, rowsOf, type SqlValue } from "../database/sql.ts";

/** A table's rows are gone through by `by`, the first of its keys behind the tenant. */
type Table = {
  store: string;
  table: string;
  by: string;
  keys: readonly string[];
  texts: readonly string[];
  json: readonly string[];
  /** Columns that hold the digits of others in the opposite order. */
  tails?: Readonly<Record<string, string>>;
};

const tables: readonly Table[] = [
  {
    store: "callRecords",
    table: "call_records",
    by: "id",
    keys: ["id"],
    texts: ["from_number", "to_number"],
    json: ["fallback_used", "fold"],
    tails: { from_number: "from_tail", to_number: "to_tail" },
  },
  {
    store: "webhookEvents",
    table: "webhook_events",
    by: "received_at",
    keys: ["received_at", "id"],
    texts: [],
    json: ["fields", "answer"],
  },
  { store: "unmatchedCdrs", table: "unmatched_cdrs", by: "sip_call_id", keys: ["sip_call_id", "dedupe"], texts: [], json: ["event"] },
  { store: "deadLetters", table: "dead_letters", by: "id", keys: ["id"], texts: ["error"], json: ["event"] },
  { store: "exportFilters", table: "exports", by: "id", keys: ["id"], texts: [], json: ["filters"] },
  { store: "auditLog", table: "audit_log", by: "id", keys: ["id"], texts: [], json: ["before", "after"] },
];
/** Timelines hold no numbers of ours, but the platform's own words: looked at for the calls that are changed. */
const timeline: Table = {
  store: "callEvents",
  table: "call_events",
  by: "call_id",
  keys: ["call_id", "dedupe"],
  texts: ["type"],
  json: ["detail"],
};

export type Erasing = {
  tenantId: string;
  erasureId: string;
  /** E.164. */
  number: string;
  /** A text as it is without the number. */
  mask: (text: string) => string;
  signal: AbortSignal;
  onStore: (store: string) => Promise<void>;
};

type Pool = Pick<Database, "backgroundPool">;
type Row = Record<string, SqlValue>;

const rowsPerPart = 2000;
const rowsPerChange = 50;
const digitsLookedFor = 7;

/** The number's last digits with whatever people write between them; what it finds is looked at closely. */
export const likelyPattern = (number: string): string => number.slice(-digitsLookedFor).split("").join("[^0-9]{0,3}");

/** Safe to break off and to begin anew. */
export async function eraseRows(database: Pool, erasing: Erasing): Promise<void> {
  for (const table of tables) {
    await erasing.onStore(table.store);
    await eraseTable(database, table, erasing);
    if (erasing.signal.aborted) return;
  }
}

async function eraseTable({ backgroundPool }: Pool, table: Table, erasing: Erasing): Promise<void> {
  const { tenantId, signal } = erasing;
  const quoted = (columns: readonly string[]) => columns.map((column) => `\`${column}\``).join(", ");
  let after: SqlValue | undefined;
  while (!signal.aborted) {
    const begun = performance.now();
    const behind = after === undefined ? { sql: "", values: [] } : { sql: ` AND \`${table.by}\` > ?`, values: [after] };
    const edge = `SELECT \`${table.by}\` AS edge FROM ${table.table} WHERE tenant_id = ?${behind.sql} ORDER BY \`${table.by}\` LIMIT 1 OFFSET ${rowsPerPart - 1}`;
    const [end] = await rowsOf<{ edge: SqlValue }>(backgroundPool, edge, [tenantId, ...behind.values]);
    const until = end === undefined ? { sql: "", values: [] } : { sql: ` AND \`${table.by}\` <= ?`, values: [end.edge] };
    const likely = `SELECT ${quoted(table.keys)} FROM ${table.table} WHERE tenant_id = ?${behind.sql}${until.sql}
      AND CONCAT_WS(' ', ${quoted([...table.texts, ...table.json])}) REGEXP ?`;
    const values = [tenantId, ...behind.values, ...until.values, likelyPattern(erasing.number)];
    const rows = await rowsOf<Row>(backgroundPool, likely, values);
    for (let start = 0; start < rows.length; start += rowsPerChange)
      await changeRows({ backgroundPool }, { table, rows: rows.slice(start, start + rowsPerChange), erasing });
    if (end === undefined) return;
    after = end.edge;
    // As long as it took: half of the time is the others'.
    await pause(performance.now() - begun, undefined, { signal }).catch(() => undefined);
  }
}

type Part = { table: Table; rows: Row[]; erasing: Erasing };

/** The receipt's row is locked first, as the recorder does, and counts what this very transaction changes. */
const changeRows = ({ backgroundPool }: Pool, { table, rows, erasing }: Part): Promise<void> =>
  retryTransient(() =>
    inTransaction(backgroundPool, async (connection) => {
      const counts = await lockCounts(connection, erasing);
      const changed: Row[] = [];
      for (const row of rows) if (await changeRow(connection, { table, row, erasing })) changed.push(row);
      if (changed.length === 0) return;
      let told = 0;
      if (table.store === "callRecords")
        told = await changeTimelines(
          connection,
          changed.map((row) => row["id"] ?? ""),
          erasing,
        );
      await addCounts(connection, erasing, {
        ...counts,
        ...plus(counts, table.store, changed.length),
        ...(told > 0 ? plus(counts, timeline.store, told) : {}),
      });
    }),
  );

const plus = (counts: Record<string, number>, store: string, more: number) => ({ [store]: (counts[store] ?? 0) + more });

async function changeTimelines(connection: Queryable, callIds: SqlValue[], erasing: Erasing): Promise<number> {
  const sql = `SELECT call_id, dedupe FROM call_events WHERE tenant_id = ? AND call_id IN (${callIds.map(() => "?").join(",")})
    AND CONCAT_WS(' ', type, detail) REGEXP ?`;
  let changed = 0;
  for (const row of await rowsOf<Row>(connection, sql, [erasing.tenantId, ...callIds, likelyPattern(erasing.number)]))
    changed += Number(await changeRow(connection, { table: timeline, row, erasing }));
  return changed;
}

async function changeRow(connection: Queryable, { table, row, erasing }: { table: Table; row: Row; erasing: Erasing }): Promise<boolean> {
  const columns = [...table.texts, ...table.json];
  const where = `tenant_id = ? AND ${table.keys.map((key) => `\`${key}\` = ?`).join(" AND ")}`;
  const key = [erasing.tenantId, ...table.keys.map((name) => row[name] ?? null)];
  const read = `SELECT ${columns.map((column) => `\`${column}\``).join(", ")} FROM ${table.table} WHERE ${where} FOR UPDATE`;
  const [now] = await rowsOf<Record<string, string | null>>(connection, read, key);
  if (now === undefined) return false;
  const changes = columns.flatMap((column): [string, string][] => {
    const text = now[column];
    if (text === null || text === undefined) return [];
    const masked = table.json.includes(column) ? maskJson(text, erasing.mask) : erasing.mask(text);
    return masked === text ? [] : [[column, masked]];
  });
  if (changes.length === 0) return false;
  for (const [column, text] of [...changes]) {
    const tail = table.tails?.[column];
    if (tail !== undefined) changes.push([tail, tailOf(text)]);
  }
  const set = changes.map(([column]) => `\`${column}\` = ?`).join(", ");
  await execute(connection, `UPDATE ${table.table} SET ${set} WHERE ${where}`, [...changes.map(([, text]) => text), ...key]);
  return true;
}

type Receipt = Pick<Erasing, "tenantId" | "erasureId">;

export async function lockCounts(connection: Connection, { tenantId, erasureId }: Receipt): Promise<Record<string, number>> {
  const sql = "SELECT changed FROM erasures WHERE tenant_id = ? AND id = ? FOR UPDATE";
  const [row] = await rowsOf<{ changed: string }>(connection, sql, [tenantId, erasureId]);
  const counts: Record<string, number> = JSON.parse(row?.changed ?? "{}");
  return counts;
}

export async function addCounts(connection: Connection, { tenantId, erasureId }: Receipt, counts: Record<string, number>): Promise<void> {
  await execute(connection, "UPDATE erasures SET changed = ? WHERE tenant_id = ? AND id = ?", [
    JSON.stringify(counts),
    tenantId,
    erasureId,
  ]);
}
