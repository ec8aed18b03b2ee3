/** What happened: one tenant's call records, listed by keyset and read whole. */
import type { Direction } from "@switchboard/routing/decision";
import type { CallState, CallStatus } from "@switchboard/routing/evidence";
import type { TenantId } from "@switchboard/routing/ids";
import type { Fallback } from "@switchboard/routing/plan-source";
import type { Reason } from "@switchboard/routing/reason";
import { reasonText } from "@switchboard/routing/reason-text";
import { readCursor, writeCursor } from "./call-filters.ts";
import { findCalls } from "./call-page.ts";
import { readSearch } from "./call-search.ts";
import { type CallTotal, countCalls } from "./call-total.ts";
import type { CallOutcome } from "./call-traits.ts";
import type { Database } from "../database/database.ts";
import { readFallback } from "../configuration/fallback-columns.ts";
import { shownReason } from "./shown-reason.ts";
import { type Queryable, rowsOf, type SqlValue } from "../database/sql.ts";

/** As the API shows it: times in ISO 8601. */
export type CallRecord = {
  id: string;
  session: string;
  direction: Direction;
  from: string;
  to: string;
  status: CallStatus;
  state: CallState;
  reason: Reason;
  reasonText: string;
  degraded: boolean;
  fallbackUsed: Fallback;
  test: boolean;
  ruleId: string | null;
  /** What it matches, as operators wrote it; null for a rule that is gone. So with the two names. */
  rulePattern: string | null;
  groupId: string | null;
  groupName: string | null;
  agentId: string | null;
  agentName: string | null;
  startedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  ringSeconds: number | null;
  durationSeconds: number | null;
};

export type Attempt = {
  step: number;
  agentId: string | null;
  agentName: string | null;
  trunk: string | null;
  result: string | null;
  startedAt: string;
  endedAt: string | null;
};
export type TimelineEntry = { at: string; type: string; detail?: unknown };
export type CallRecordDetail = CallRecord & { attempts: Attempt[]; timeline: TimelineEntry[] };

export type CallRecordFilters = {
  from?: string | undefined;
  to?: string | undefined;
  /** Either of the two. */
  number?: string | undefined;
  /** The beginning or the last digits of either number in any writing, a whole call id or session token, a part of the name of an agent that was tried. */
  search?: string | undefined;
  status?: CallStatus | undefined;
  reason?: Reason | undefined;
  direction?: Direction | undefined;
  /** Of any attempt. */
  agentId?: string | undefined;
  groupId?: string | undefined;
  ruleId?: string | undefined;
  /** Of an agent that was dialled. */
  provider?: string | undefined;
  test?: boolean | undefined;
  outcome?: CallOutcome | undefined;
  startedAfter?: string | undefined;
  startedBefore?: string | undefined;
};
export type CallRecordQuery = CallRecordFilters & { limit: number; cursor?: string | undefined };

export type CallRecordReads = {
  /**
   * Latest first. A page may hold fewer than `limit` and yet not be the last: no page looks at more than so many calls, also where few of
   * them pass two filters at once. Throws ControlError `rule_broken` for a cursor that is none of ours, `unavailable`.
   */
  list: (query: CallRecordQuery) => Promise<{ items: CallRecord[]; nextCursor: string | null }>;
  /** How many calls pass these filters: exactly where they are few, else about. Throws ControlError `unavailable`. */
  total: (filters: CallRecordFilters) => Promise<CallTotal>;
  /** Null: there is none, or it is another tenant's. */
  get: (id: string) => Promise<CallRecordDetail | null>;
};

export function createCallRecordReads({ pool, breaker }: Pick<Database, "pool" | "breaker">, tenantId: TenantId): CallRecordReads {
  return {
    list: (query) =>
      breaker.run(async () => {
        const place = { search: await readSearch(pool, tenantId, query.search), cursor: readCursor(query.cursor) };
        const { found, next } = await findCalls({ pool, tenantId, filters: query, place }, query.limit);
        const rows = await readRows(pool, tenantId, found);
        return { items: rows.map(recordOf), nextCursor: next && writeCursor(next) };
      }),
    total: (filters) =>
      breaker.run(async () => {
        const place = { search: await readSearch(pool, tenantId, filters.search), cursor: null };
        return await countCalls({ pool, tenantId, filters, place });
      }),
    get: (id) =>
      breaker.run(async () => {
        const key: SqlValue[] = [tenantId, id];
        const [row] = await rowsOf<RecordRow>(pool, recordSql, key);
        if (!row) return null;
        const [attempts, events] = await Promise.all([rowsOf<AttemptRow>(pool, attemptsSql, key), rowsOf<EventRow>(pool, eventsSql, key)]);
        return { ...recordOf(row), attempts: attempts.map(attemptOf), timeline: events.map(timelineEntryOf) };
      }),
  };
}

/** In the order in which they were found. */
export async function readRows(pool: Queryable, tenantId: TenantId, ids: string[]): Promise<RecordRow[]> {
  if (ids.length === 0) return [];
  const sql = `${recordSelect} WHERE r.tenant_id = ? AND r.id IN (${ids.map(() => "?").join(",")})`;
  const rows = new Map((await rowsOf<RecordRow>(pool, sql, [tenantId, ...ids])).map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

const recordColumns =
  "r.id, r.session, r.direction, r.from_number, r.to_number, r.status, r.state, r.reason, r.degraded, r.fallback_used, r.test, r.rule_id, r.group_id, r.agent_id, " +
  "r.started_at, r.answered_at, r.ended_at, r.ring_seconds, r.duration_seconds, " +
  "v.name AS agent_name, g.name AS group_name, i.pattern AS inbound_pattern, o.id AS outbound_id, o.prefix AS outbound_prefix";

/** Each of the others is met by its key: a row at most. */
const recordTables = `call_records r
  LEFT JOIN voice_agents v ON v.tenant_id = r.tenant_id AND v.id = r.agent_id
  LEFT JOIN agent_groups g ON g.tenant_id = r.tenant_id AND g.id = r.group_id
  LEFT JOIN inbound_rules i ON i.tenant_id = r.tenant_id AND i.id = r.rule_id
  LEFT JOIN outbound_rules o ON o.tenant_id = r.tenant_id AND o.id = r.rule_id`;

/** What the list, a record and an export read of each call; where and in which order is for the reader to say. */
export const recordSelect = `SELECT ${recordColumns} FROM ${recordTables}`;

const recordSql = `${recordSelect} WHERE r.tenant_id = ? AND r.id = ?`;

export type RecordRow = {
  id: string;
  session: string;
  direction: Direction;
  from_number: string;
  to_number: string;
  status: CallStatus;
  state: CallState;
  reason: Reason | null;
  degraded: number;
  fallback_used: string | null;
  test: number;
  rule_id: string | null;
  group_id: string | null;
  agent_id: string | null;
  started_at: Date;
  answered_at: Date | null;
  ended_at: Date | null;
  ring_seconds: number | null;
  duration_seconds: number | null;
  agent_name: string | null;
  group_name: string | null;
  inbound_pattern: string | null;
  outbound_id: string | null;
  outbound_prefix: string | null;
};

/** An outbound rule goes by the numbers it dials. */
const rulePatternOf = (row: RecordRow): string | null => (row.outbound_id === null ? row.inbound_pattern : (row.outbound_prefix ?? "*"));

export function recordOf(row: RecordRow): CallRecord {
  const { id, session, direction, status, state } = row;
  const reason = shownReason(row.reason, row.ended_at !== null);
  return {
    ...{ id, session, direction, from: row.from_number, to: row.to_number, status, state },
    ...{
      reason,
      reasonText: reasonText(reason).text,
      degraded: row.degraded === 1,
      fallbackUsed: readFallback(row.fallback_used),
      test: row.test === 1,
    },
    ...{ ruleId: row.rule_id, rulePattern: rulePatternOf(row) },
    ...{ groupId: row.group_id, groupName: row.group_name, agentId: row.agent_id, agentName: row.agent_name },
    ...{
      startedAt: row.started_at.toISOString(),
      answeredAt: row.answered_at?.toISOString() ?? null,
      endedAt: row.ended_at?.toISOString() ?? null,
    },
    ...{ ringSeconds: row.ring_seconds, durationSeconds: row.duration_seconds },
  };
}

/** Far more than a call can have; a bound all the same. */
const mostEvents = 1000;

const attemptsSql = `SELECT a.step, a.agent_id, v.name AS agent_name, a.trunk, a.result, a.started_at, a.ended_at
  FROM call_attempts a LEFT JOIN voice_agents v ON v.tenant_id = a.tenant_id AND v.id = a.agent_id
  WHERE a.tenant_id = ? AND a.call_id = ? ORDER BY a.step`;
type AttemptRow = {
  step: number;
  agent_id: string | null;
  agent_name: string | null;
  trunk: string | null;
  result: string | null;
  started_at: Date;
  ended_at: Date | null;
};

const attemptOf = (row: AttemptRow): Attempt => ({
  ...{ step: row.step, agentId: row.agent_id, agentName: row.agent_name, trunk: row.trunk, result: row.result },
  ...{ startedAt: row.started_at.toISOString(), endedAt: row.ended_at?.toISOString() ?? null },
});

const eventsSql = `SELECT at, type, detail FROM call_events WHERE tenant_id = ? AND call_id = ? ORDER BY at, dedupe LIMIT ${mostEvents}`;
type EventRow = { at: Date; type: string; detail: string | null };

const timelineEntryOf = ({ at, type, detail }: EventRow): TimelineEntry =>
  detail === null ? { at: at.toISOString(), type } : { at: at.toISOString(), type, detail: JSON.parse(detail) };
