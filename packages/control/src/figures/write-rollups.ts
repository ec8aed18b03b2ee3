/** Brings the figures along with the records, in their transaction: what a call adds now, less what it added before. */
import { contributionOf, countNames, type Contribution } from "./contribution.ts";
import { countedCall, countsTheSame } from "./counted-call.ts";
import { type KnownCall, startOf } from "../recorder/known-calls.ts";
import { isWritten } from "./rollup-buckets.ts";
import { createTally, type RollupRow } from "./rollup-tally.ts";
import type { Queryable } from "../database/sql.ts";
import { addSketches } from "./write-sketches.ts";
import { bulkInsert } from "../database/write-rows.ts";

/** What a call added before, and adds now. */
export type Change = { tenantId: string; before: Contribution | null; now: Contribution | null };

export const changesOf = (calls: KnownCall[]): Change[] => calls.flatMap((call) => changeOf(call) ?? []);

/**
 * Whatever order and repetition brought the calls here, the figures are those of the records. Best sent before what writes those: a
 * sketch is read first, and the server then has something to do while we add to it.
 */
export async function writeRollups(connection: Queryable, changes: Change[]): Promise<void> {
  const tally = createTally();
  for (const { tenantId, before, now } of changes) {
    if (before) tally.add(tenantId, before, -1);
    if (now) tally.add(tenantId, now, 1);
  }
  const nowMs = Date.now();
  const { rollups, sketches } = tally.rows((size, startMs) => isWritten(size, startMs, nowMs));
  await Promise.all([addRollups(connection, rollups), addSketches(connection, sketches)]);
}

function changeOf(call: KnownCall): Change | null {
  const { tenantId, before, now, storedStart, providersBefore, providers } = call;
  if (now === null || now === before) return null;
  if (before && providers === providersBefore && countsTheSame(before, now)) return null;
  const was = before && storedStart ? contributionOf(countedCall(before, storedStart, providersBefore)) : null;
  return { tenantId, before: was, now: contributionOf(countedCall(now, startOf(call), providers)) };
}

export function addRollups(connection: Queryable, rows: RollupRow[]): Promise<void> {
  return bulkInsert(connection, {
    table: "call_rollups",
    columns: ["tenant_id", "dimension", "size", "start_at", "id", ...countNames],
    rows: rows.map(({ tenantId, dimension, size, startMs, id, counts }) => [tenantId, dimension, size, new Date(startMs), id, ...counts]),
    onDuplicate: { add: countNames },
  });
}
