/** Adds to the stored sketches, bin by bin: read under a lock, written back. */
import type { SketchRow } from "./rollup-tally.ts";
import { binsText, mergeInto, readBins } from "./sketch.ts";
import { type Queryable, rowsOf, type SqlValue } from "../database/sql.ts";
import { bulkInsert } from "../database/write-rows.ts";

const table = "call_sketches";
const keyColumns = ["tenant_id", "size", "start_at"] as const;
const measures = ["decision_ms", "ring_seconds"] as const;

type Stored = { tenant_id: string; size: string; start_at: Date; decision_ms: string; ring_seconds: string };

const keyOf = ({ tenantId, size, startMs }: SketchRow): SqlValue[] => [tenantId, size, new Date(startMs)];
const nameOf = (tenantId: string, size: string, startMs: number): string => `${tenantId} ${size} ${startMs}`;

export async function addSketches(connection: Queryable, rows: SketchRow[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = [...keyColumns, ...measures];
  const empty = rows.map((row) => [...keyOf(row), "{}", "{}"]);
  // Made first where they are missing, so that there is something to lock.
  const [, stored] = await Promise.all([
    bulkInsert(connection, { table, columns, rows: empty, onDuplicate: "keep" }),
    readLocked(connection, rows),
  ]);
  const before = new Map(stored.map((row) => [nameOf(row.tenant_id, row.size, row.start_at.getTime()), row]));
  const sums = rows.map((row) => {
    const old = before.get(nameOf(row.tenantId, row.size, row.startMs));
    const [decisionMs, ringSeconds] = [readBins(old?.decision_ms ?? "{}"), readBins(old?.ring_seconds ?? "{}")];
    mergeInto(decisionMs, row.decisionMs);
    mergeInto(ringSeconds, row.ringSeconds);
    return [...keyOf(row), binsText(decisionMs), binsText(ringSeconds)];
  });
  await bulkInsert(connection, { table, columns, rows: sums, onDuplicate: { replace: measures } });
}

const mostPerQuery = 500;

async function readLocked(connection: Queryable, rows: SketchRow[]): Promise<Stored[]> {
  const sent: Promise<Stored[]>[] = [];
  for (const some of Map.groupBy(rows, ({ tenantId, size }) => `${tenantId} ${size}`).values()) {
    for (let start = 0; start < some.length; start += mostPerQuery) {
      const part = some.slice(start, start + mostPerQuery);
      const sql = `SELECT tenant_id, size, start_at, decision_ms, ring_seconds FROM ${table}
        WHERE tenant_id = ? AND size = ? AND start_at IN (${part.map(() => "?").join(",")}) ORDER BY start_at FOR UPDATE`;
      const [first] = part;
      if (first) sent.push(rowsOf<Stored>(connection, sql, [first.tenantId, first.size, ...part.map(({ startMs }) => new Date(startMs))]));
    }
  }
  return (await Promise.all(sent)).flat();
}
