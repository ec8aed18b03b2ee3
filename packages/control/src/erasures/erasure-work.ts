/** The part of an erasure that is MySQL's: what is to be done, the tables gone through, and how far it has come. */
import { tenantId as asTenantId, type TenantId } from "@switchboard/routing/ids";
import type { Database } from "../database/database.ts";
import { eraseArchive } from "./erase-archive.ts";
import { addCounts, eraseRows, lockCounts } from "./erase-rows.ts";
import { createFindErased, type FindErased, withoutNumbers } from "./erased-numbers.ts";
import { erasureColumn } from "./erasures.ts";
import { whileHeld } from "../database/hold-partition.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { readNamedBy } from "./named-by.ts";
import { unseal } from "../secrets/secrets.ts";
import { execute, inTransaction, rowsOf } from "../database/sql.ts";

/** `lateAtMs`: of the journal; entries up to then may hold the number. `isErased`: of a number in any writing. */
export type OpenErasure = {
  tenantId: TenantId;
  id: string;
  status: "running" | "waiting";
  lateAtMs: number;
  createdAtMs: number;
  isErased: (number: string) => boolean;
};

type Deps = Pick<Database, "backgroundPool"> & { keyRing: KeyRing };
type Row = {
  tenant_id: string;
  id: string;
  status: "running" | "waiting";
  late_at_ms: number;
  digest: string | null;
  created_at: Date;
  country: string | null;
};

/** Those that are not done, the oldest first. */
export async function openErasures({ backgroundPool, keyRing }: Deps): Promise<OpenErasure[]> {
  const sql = `SELECT e.tenant_id, e.id, e.status, e.late_at_ms, e.digest, e.created_at, t.country FROM erasures e JOIN tenants t ON t.id = e.tenant_id
    WHERE e.status IN ('running', 'waiting') ORDER BY e.id`;
  return (await rowsOf<Row>(backgroundPool, sql)).map((row) => {
    const tenantId = asTenantId(row.tenant_id);
    const guards = row.digest === null ? [] : [{ erasureId: row.id, createdAtMs: row.created_at.getTime(), digest: row.digest }];
    const find: FindErased = createFindErased(keyRing, { tenantId, country: row.country, guards });
    return {
      tenantId,
      id: row.id,
      status: row.status,
      lateAtMs: row.late_at_ms,
      createdAtMs: row.created_at.getTime(),
      isErased: (number) => find(number).length > 0,
    };
  });
}

/** `lastJournalMs`: the newest entry there was when it began; `partition`: of the tenant's journal. */
export type DatabasePart = { partition: number; lastJournalMs: number; signal: AbortSignal };

/** Goes through all tables and leaves the erasure waiting; broken off, it begins anew the next time. */
export async function eraseFromDatabase(
  deps: Deps,
  erasure: OpenErasure,
  { partition, lastJournalMs, signal }: DatabasePart,
): Promise<void> {
  const { backgroundPool, keyRing } = deps;
  const { tenantId, id, isErased } = erasure;
  const key = [tenantId, id];
  const [row] = await rowsOf<{ sealed_number: string | null }>(
    backgroundPool,
    "SELECT sealed_number FROM erasures WHERE tenant_id = ? AND id = ?",
    key,
  );
  if (row === undefined || row.sealed_number === null) return;
  const number = unseal(keyRing, { tenantId, column: erasureColumn, rowId: id }, row.sealed_number);
  await execute(backgroundPool, "UPDATE erasures SET late_at_ms = GREATEST(late_at_ms, ?) WHERE tenant_id = ? AND id = ?", [
    lastJournalMs,
    ...key,
  ]);
  // Whoever records has begun before and is done, or begins after and knows of the erasure.
  await whileHeld({ backgroundPool, partition }, async () => {});
  await withdrawExports(deps, erasure);
  const mask = (text: string) => withoutNumbers(text, isErased);
  const onStore = (store: string) => tell(deps, erasure, `Going through ${words[store] ?? store}.`);
  const erasing = { tenantId, erasureId: id, number, mask, signal, onStore };
  await eraseRows({ backgroundPool }, erasing);
  await eraseArchive({ backgroundPool }, erasing);
  if (signal.aborted) return;
  const namedBy = JSON.stringify(await readNamedBy(backgroundPool, { tenantId, number, isErased }));
  const done =
    "UPDATE erasures SET status = 'waiting', sealed_number = NULL, named_by = ?, waits_for = NULL WHERE tenant_id = ? AND id = ?";
  await execute(backgroundPool, done, [namedBy, ...key]);
}

/** Exports ordered before may hold it: nobody gets them any more, and their files go. */
async function withdrawExports({ backgroundPool }: Pick<Deps, "backgroundPool">, erasure: OpenErasure): Promise<void> {
  const sql = `UPDATE exports SET status = 'canceled', updated_at = UTC_TIMESTAMP(3)
    WHERE tenant_id = ? AND created_at <= ? AND status IN ('queued', 'running', 'ready')`;
  const withdrawn = await execute(backgroundPool, sql, [erasure.tenantId, new Date(erasure.createdAtMs)]);
  await countChanged({ backgroundPool }, erasure, { exports: withdrawn });
}

/** Whether files of exports from before may still lie in the storage. */
export async function exportsLeft(
  { backgroundPool }: Pick<Deps, "backgroundPool">,
  { tenantId, createdAtMs }: OpenErasure,
): Promise<boolean> {
  const sql = "SELECT 1 AS one FROM exports WHERE tenant_id = ? AND created_at <= ? AND stored = 1 LIMIT 1";
  return (await rowsOf(backgroundPool, sql, [tenantId, new Date(createdAtMs)])).length > 0;
}

const words: Record<string, string> = {
  callRecords: "call records and their timelines",
  webhookEvents: "the webhook log",
  unmatchedCdrs: "CDRs that wait for their call",
  deadLetters: "events that could not be stored",
  auditLog: "the audit log",
  exportFilters: "what exports were ordered by",
  journalArchive: "what is kept for consoles that come back",
};

/** What it does or waits for, for people. */
export async function tell(
  { backgroundPool }: Pick<Deps, "backgroundPool">,
  { tenantId, id }: OpenErasure,
  waitsFor: string,
): Promise<void> {
  await execute(backgroundPool, "UPDATE erasures SET waits_for = ? WHERE tenant_id = ? AND id = ?", [waitsFor, tenantId, id]);
}

export async function countChanged(
  { backgroundPool }: Pick<Deps, "backgroundPool">,
  erasure: OpenErasure,
  changed: Record<string, number>,
): Promise<void> {
  const receipt = { tenantId: erasure.tenantId, erasureId: erasure.id };
  if (Object.values(changed).every((count) => count === 0)) return;
  await inTransaction(backgroundPool, async (connection) => {
    const counts = await lockCounts(connection, receipt);
    for (const [store, count] of Object.entries(changed)) if (count > 0) counts[store] = (counts[store] ?? 0) + count;
    await addCounts(connection, receipt, counts);
  });
}

/** Not when something late has come since `lateAtMs` was read: then there is more to do. */
export async function finishErasure(
  { backgroundPool }: Pick<Deps, "backgroundPool">,
  { tenantId, id, lateAtMs }: OpenErasure,
): Promise<boolean> {
  const sql = `UPDATE erasures SET status = 'done', waits_for = NULL, finished_at = COALESCE(finished_at, ?)
    WHERE tenant_id = ? AND id = ? AND status = 'waiting' AND late_at_ms = ?`;
  return (await execute(backgroundPool, sql, [new Date(), tenantId, id, lateAtMs])) === 1;
}

/** Guards whose time is over can't be told from any other number any more. */
export async function forgetGuards({ backgroundPool }: Pick<Deps, "backgroundPool">): Promise<void> {
  await execute(backgroundPool, "UPDATE erasures SET digest = NULL WHERE digest IS NOT NULL AND guarded_until < ? AND status = 'done'", [
    new Date(),
  ]);
}
