/** How the webhook door answered, as whoever answered brings it once a second: beside the journal, on nobody's way. */
import { hash } from "node:crypto";
import type { CallId, TenantId } from "@switchboard/routing/ids";
import type { WebhookFacts } from "@switchboard/routing/journal-event";
import type { Database } from "../database/database.ts";
import { isOutage, isTransient } from "../database/database-outage.ts";
import { execute, inTransaction, placeholders, type Queryable, type SqlValue } from "../database/sql.ts";
import { bulkInsert } from "../database/write-rows.ts";

type Answered = { tenantId: TenantId; kind: WebhookFacts["kind"]; status: number; tookMs: number };

/** To a webhook that was taken; the three name its event. `receivedAt` in milliseconds since the epoch. */
export type WebhookAnswer = Answered & { callId: CallId | null; receivedAt: number };

/** Alike in one minute: the latest (milliseconds since the epoch), how many, and the slowest. */
export type WebhookRefusals = Answered & { at: number; times: number };

/** What the database said of rows that it will never take; null: they are stored. Throws when they may be brought again. */
export type StoreWebhookAnswers = (answers: readonly WebhookAnswer[], refusals: readonly WebhookRefusals[]) => Promise<unknown>;

const minuteMs = 60_000;
const mostRowsPerStatement = 250;

/** All or nothing, so that none is counted twice. */
export const createStoreWebhookAnswers =
  ({ backgroundPool }: Pick<Database, "backgroundPool">): StoreWebhookAnswers =>
  async (answers, refusals) => {
    try {
      await storeAll(backgroundPool, answers, refusals);
      return null;
    } catch (error) {
      if (isOutage(error) || isTransient(error)) throw error;
      return error;
    }
  };

const storeAll = (
  pool: Database["backgroundPool"],
  answers: readonly WebhookAnswer[],
  refusals: readonly WebhookRefusals[],
): Promise<void> =>
  inTransaction(pool, async (connection) => {
    await bulkInsert(connection, {
      table: "webhook_answers",
      columns: ["tenant_id", "received_at", "kind", "call_id", "status", "took_us"],
      rows: answers.map((each) => [
        ...[each.tenantId, new Date(each.receivedAt), each.kind, each.callId ?? ""],
        ...[each.status, microseconds(each.tookMs)],
      ]),
      onDuplicate: { greatest: ["took_us"] },
    });
    for (let start = 0; start < refusals.length; start += mostRowsPerStatement)
      await addRefusals(connection, refusals.slice(start, start + mostRowsPerStatement));
  });

const microseconds = (milliseconds: number): number => Math.min(2 ** 31 - 1, Math.max(0, Math.round(milliseconds * 1_000)));

async function addRefusals(connection: Queryable, refusals: readonly WebhookRefusals[]): Promise<void> {
  const rows = refusals.map(({ tenantId, kind, status, at, times, tookMs }): SqlValue[] => {
    const names = JSON.stringify([Math.floor(at / minuteMs), kind, status]);
    const id = hash("sha256", names, "buffer").subarray(0, 16);
    return [tenantId, id, new Date(at), kind, status, times, microseconds(tookMs)];
  });
  await execute(
    connection,
    `INSERT INTO webhook_refusals (tenant_id, id, at, kind, status, times, took_us) VALUES ${placeholders(rows.length, 7)}
     ON DUPLICATE KEY UPDATE times = times + VALUES(times), at = GREATEST(at, VALUES(at)), took_us = GREATEST(took_us, VALUES(took_us))`,
    rows.flat(),
  );
}
