/** The log of the webhook door: what arrived, when, what we answered and how fast; one tenant's, latest first. */
import type { TenantId } from "@switchboard/routing/ids";
import type { WebhookFacts } from "@switchboard/routing/journal-event";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { callIdOf } from "../ids.ts";
import { type Page, pageOf, type PageQuery, readCursor } from "../database/keyset.ts";
import { type Queryable, rowsOf, type SqlValue } from "../database/sql.ts";

export type WebhookEvent = {
  id: string;
  /** ISO 8601; of what was refused the latest. */
  receivedAt: string;
  kind: WebhookFacts["kind"];
  callId: string | null;
  /** The allow-listed fields, numbers whole; none of what was refused. */
  fields: Record<string, string | number | null>;
  /** What was decided; null where the answer was an acknowledgement or a refusal. */
  answer: Record<string, unknown> | null;
  /** Null: not known (yet). */
  status: number | null;
  tookMs: number | null;
  /** Refusals alike are one for a minute: how many they were. */
  times: number;
  isRefused: boolean;
};

export type WebhookEventQuery = PageQuery & {
  kind?: WebhookFacts["kind"] | undefined;
  callId?: string | undefined;
  /** A call's id, or its session. */
  search?: string | undefined;
  /** Only what was refused, or only what was taken. */
  refused?: boolean | undefined;
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
        const cursor = readCursor(cursorKey, query.cursor);
        const [taken, refused] = await Promise.all([readTaken(pool, tenantId, query, cursor), readRefused(pool, tenantId, query, cursor)]);
        const rows = [...taken, ...refused].toSorted(latestFirst).slice(0, query.limit + 1);
        const answers = await readAnswers(pool, tenantId, rows);
        const shown = (row: EventRow): WebhookEvent => shownRow(row, answers.get(nameOf(row)));
        return pageOf(rows, query.limit, { keyOf: ({ received_at, hex }) => [received_at.getTime(), hex], shown });
      }),
  };
}

type EventRow = {
  hex: string;
  received_at: Date;
  kind: WebhookFacts["kind"];
  call_id: string | null;
  fields: string | null;
  answer: string | null;
  refused?: AnswerRow & { times: number };
};
type AnswerRow = { status: number; took_us: number };

const latestFirst = (a: EventRow, b: EventRow): number => b.received_at.getTime() - a.received_at.getTime() || (a.hex < b.hex ? 1 : -1);

const cursorKey = z.tuple([z.int().min(0).max(Date.UTC(9999, 0)), z.string().regex(/^[0-9A-F]{32}$/)]);
type Cursor = z.output<typeof cursorKey> | null;

type Condition = [sql: string, ...values: SqlValue[]];

/** What both kinds of rows have in common; `at` is the column of the time. */
function commonConditions(tenantId: TenantId, { kind, after, before }: WebhookEventQuery, cursor: Cursor, at: string): Condition[] {
  const conditions: Condition[] = [["tenant_id = ?", tenantId]];
  if (kind !== undefined) conditions.push(["kind = ?", kind]);
  if (after !== undefined) conditions.push([`${at} >= ?`, new Date(after)]);
  if (before !== undefined) conditions.push([`${at} < ?`, new Date(before)]);
  if (cursor !== null) {
    const [time, id] = [new Date(cursor[0]), Buffer.from(cursor[1], "hex")];
    conditions.push([`${at} <= ? AND (${at} < ? OR id < ?)`, time, time, id]);
  }
  return conditions;
}

const namesCall = ({ callId, search }: WebhookEventQuery): boolean => callId !== undefined || (search !== undefined && search !== "");

async function readTaken(pool: Queryable, tenantId: TenantId, query: WebhookEventQuery, cursor: Cursor): Promise<EventRow[]> {
  if (query.refused === true) return [];
  const conditions = commonConditions(tenantId, query, cursor, "received_at");
  const { callId, search } = query;
  if (callId !== undefined) conditions.push(["call_id = ?", callId]);
  if (search !== undefined && search !== "") conditions.push(["call_id IN (?, ?)", search, callIdOf(tenantId, search)]);
  const text = `SELECT HEX(id) AS hex, received_at, kind, call_id, fields, answer FROM webhook_events
    WHERE ${conditions.map(([sql]) => sql).join(" AND ")} ORDER BY received_at DESC, id DESC LIMIT ?`;
  return await rowsOf<EventRow>(pool, text, [...conditions.flatMap(([, ...values]) => values), query.limit + 1]);
}

type RefusalRow = { hex: string; at: Date; kind: WebhookFacts["kind"]; status: number; times: number; took_us: number };

/** A refused request is known by no call: it was not read so far, or not believed. */
async function readRefused(pool: Queryable, tenantId: TenantId, query: WebhookEventQuery, cursor: Cursor): Promise<EventRow[]> {
  if (query.refused === false || namesCall(query)) return [];
  const conditions = commonConditions(tenantId, query, cursor, "at");
  const text = `SELECT HEX(id) AS hex, at, kind, status, times, took_us FROM webhook_refusals
    WHERE ${conditions.map(([sql]) => sql).join(" AND ")} ORDER BY at DESC, id DESC LIMIT ?`;
  const rows = await rowsOf<RefusalRow>(pool, text, [...conditions.flatMap(([, ...values]) => values), query.limit + 1]);
  return rows.map(({ hex, at, kind, ...refused }) => ({ hex, received_at: at, kind, call_id: null, fields: null, answer: null, refused }));
}

type AnswerName = Pick<EventRow, "received_at" | "kind" | "call_id">;

const nameOf = ({ received_at, kind, call_id }: AnswerName): string => `${received_at.getTime()} ${kind} ${call_id ?? ""}`;

async function readAnswers(pool: Queryable, tenantId: TenantId, rows: EventRow[]): Promise<Map<string, AnswerRow>> {
  const times = [...new Set(rows.filter(({ refused }) => !refused).map(({ received_at }) => received_at.getTime()))];
  if (times.length === 0) return new Map();
  const text = `SELECT received_at, kind, call_id, status, took_us FROM webhook_answers
    WHERE tenant_id = ? AND received_at IN (${times.map(() => "?").join(",")})`;
  const found = await rowsOf<AnswerName & AnswerRow>(pool, text, [tenantId, ...times.map((time) => new Date(time))]);
  return new Map(found.map((row) => [nameOf(row), row]));
}

const storedFields = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const storedAnswer = z.record(z.string(), z.unknown()).nullable();

function shownRow(row: EventRow, answer: AnswerRow | undefined): WebhookEvent {
  const answered = row.refused ?? answer;
  return {
    id: `${row.refused ? "whr" : "whk"}_${row.hex.toLowerCase()}`,
    receivedAt: row.received_at.toISOString(),
    kind: row.kind,
    callId: row.call_id,
    fields: row.fields === null ? {} : storedFields.parse(JSON.parse(row.fields)),
    answer: row.answer === null ? null : storedAnswer.parse(JSON.parse(row.answer)),
    status: answered?.status ?? null,
    tookMs: answered === undefined ? null : answered.took_us / 1_000,
    times: row.refused?.times ?? 1,
    isRefused: row.refused !== undefined,
  };
}
