/** Brings the figures along with the records, in their transaction: what a call adds now, less what it added before. */
import { contributionOf, countNames, type Contribution } from "./contribution.ts";
import { countedCall } from "./counted-call.ts";
import { type KnownCall, startOf } from "./known-calls.ts";
import { isWritten } from "./rollup-buckets.ts";
import { createTally, type RollupRow } from "./rollup-tally.ts";
import type { Queryable } from "./sql.ts";
import { writeRuleHits } from "./write-rule-hits.ts";
import { addSketches } from "./write-sketches.ts";
import { bulkInsert } from "./write-rows.ts";

export type Change = { tenantId: string; before: Contribution | null; now: Contribution | null };

/** Whatever order and repetition brought the calls here, the figures are those of the records. Sent behind what writes the records. */
export async function writeRollups(connection: Queryable, calls: KnownCall[]): Promise<void> {
  const changes = calls.flatMap((call) => changeOf(call) ?? []);
  const tally = createTally();
  for (const { tenantId, before, now } of changes) {
    if (before) tally.add(tenantId, before, -1);
    if (now) tally.add(tenantId, now, 1);
  }
  const nowMs = Date.now();
  const { rollups, sketches } = tally.rows((size, startMs) => isWritten(size, startMs, nowMs));
  await Promise.all([addRollups(connection, rollups), addSketches(connection, sketches), writeRuleHits(connection, changes)]);
}

function changeOf(call: KnownCall): Change | null {
  const { tenantId, before, now, storedStart } = call;
  if (now === null || now === before) return null;
  const was = before && storedStart ? contributionOf(countedCall(before, storedStart)) : null;
  const is = contributionOf(countedCall(now, startOf(call)));
  return JSON.stringify(was) === JSON.stringify(is) ? null : { tenantId, before: was, now: is };
}

export function addRollups(connection: Queryable, rows: RollupRow[]): Promise<void> {
  return bulkInsert(connection, {
    table: "call_rollups",
    columns: ["tenant_id", "dimension", "size", "start_at", "id", ...countNames],
    rows: rows.map(({ tenantId, dimension, size, startMs, id, counts }) => [tenantId, dimension, size, new Date(startMs), id, ...counts]),
    onDuplicate: { add: countNames },
  });
}
