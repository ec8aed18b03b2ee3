/** The log of the webhook door: what arrived, when, and what we answered; one tenant's, latest first. */
import type { TenantId } from "@switchboard/routing/ids";
import type { WebhookFacts } from "@switchboard/routing/journal-event";
import { z } from "zod";
import type { Database } from "./database.ts";
import { callIdOf } from "./ids.ts";
import { type Page, pageOf, type PageQuery, readCursor } from "./keyset.ts";
import { rowsOf, type SqlValue } from "./sql.ts";

export type WebhookEvent = {
  id: string;
  /** ISO 8601. */
  receivedAt: string;
  kind: WebhookFacts["kind"];
  callId: string | null;
  /** The allow-listed fields, numbers whole. */
  fields: Record<string, string | number | null>;
  /** What was decided; null where the answer was an acknowledgement. */
  answer: Record<string, unknown> | null;
};

export type WebhookEventQuery = PageQuery & {
  kind?: WebhookFacts["kind"] | undefined;
  callId?: string | undefined;
  /** A call's id, or its session. */
  search?: string | undefined;
  /** ISO 8601, the moment itself included. */
  after?: string | undefined;
  /** ISO 8601, the moment itself not included. */
  before?: string | undefined;
};

export type WebhookEvents = ReturnType<typeof createWebhookEvents>;

export function createWebhookEvents({ pool, breaker }: Pick<Database, "pool" | "breaker">, tenantId: TenantId) {
  return {
    /** Throws ControlError `rule_broken` for a cursor that is none of ours. */
    list: (query: WebhookEventQuery): Promise<Page<WebhookEvent>> =>
      breaker.run(async () => {
        const { sql, values } = conditionsOf(tenantId, query);
        const text = `SELECT HEX(id) AS hex, received_at, kind, call_id, fields, answer FROM webhook_events
          WHERE ${sql} ORDER BY received_at DESC, id DESC LIMIT ?`;
        const rows = await rowsOf<EventRow>(pool, text, [...values, query.limit + 1]);
        return pageOf(rows, query.limit, { keyOf: ({ received_at, hex }) => [received_at.getTime(), hex], shown });
      }),
  };
}

type EventRow = {
  hex: string;
  received_at: Date;
  kind: WebhookFacts["kind"];
  call_id: string | null;
  fields: string;
  answer: string | null;
};

const cursorKey = z.tuple([z.int().min(0).max(Date.UTC(9999, 0)), z.string().regex(/^[0-9A-F]{32}$/)]);

function conditionsOf(tenantId: TenantId, query: WebhookEventQuery): { sql: string; values: SqlValue[] } {
  const conditions: [string, ...SqlValue[]][] = [["tenant_id = ?", tenantId]];
  const { kind, callId, search, after, before } = query;
  if (kind !== undefined) conditions.push(["kind = ?", kind]);
  if (callId !== undefined) conditions.push(["call_id = ?", callId]);
  if (search !== undefined && search !== "") conditions.push(["call_id IN (?, ?)", search, callIdOf(tenantId, search)]);
  if (after !== undefined) conditions.push(["received_at >= ?", new Date(after)]);
  if (before !== undefined) conditions.push(["received_at < ?", new Date(before)]);
  const cursor = readCursor(cursorKey, query.cursor);
  if (cursor !== null) {
    const [at, id] = [new Date(cursor[0]), Buffer.from(cursor[1], "hex")];
    conditions.push(["received_at <= ? AND (received_at < ? OR id < ?)", at, at, id]);
  }
  return { sql: conditions.map(([sql]) => sql).join(" AND "), values: conditions.flatMap(([, ...values]) => values) };
}

const storedFields = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const storedAnswer = z.record(z.string(), z.unknown()).nullable();

const shown = (row: EventRow): WebhookEvent => ({
  id: `whk_${row.hex.toLowerCase()}`,
  receivedAt: row.received_at.toISOString(),
  kind: row.kind,
  callId: row.call_id,
  fields: storedFields.parse(JSON.parse(row.fields)),
  answer: row.answer === null ? null : storedAnswer.parse(JSON.parse(row.answer)),
});
