/** The filters of a call-record list as conditions of a query, and the place where its next page begins. */
import { normaliseNumber } from "@switchboard/routing/number";
import type { Reason } from "@switchboard/routing/reason";
import type { CallOutcome, CallRecordFilters } from "./call-records.ts";
import type { CallSearch } from "./call-search.ts";
import { ControlError } from "./control-error.ts";
import type { SqlValue } from "./sql.ts";

type Condition = { sql: string; values: SqlValue[] };
export type Cursor = { startedAt: Date; id: string };

type Place = {
  /** What the search of the filters means; null: none. */
  search: CallSearch | null;
  cursor: Cursor | null;
};

/** Conditions to stand behind `r.tenant_id = ?`, each with its AND. */
export function filterSql(filters: CallRecordFilters, { search, cursor: after }: Place): Condition {
  const conditions: Condition[] = [];
  const add = (sql: string, ...values: SqlValue[]) => conditions.push({ sql: ` AND ${sql}`, values });
  const { from, to, number, status, reason, direction, agentId, groupId, ruleId, test, outcome, startedAfter, startedBefore } = filters;
  if (from !== undefined) add(`r.from_number IN (${marks(from)})`, ...spellings(from));
  if (to !== undefined) add(`r.to_number IN (${marks(to)})`, ...spellings(to));
  if (number !== undefined)
    add(`(r.from_number IN (${marks(number)}) OR r.to_number IN (${marks(number)}))`, ...spellings(number), ...spellings(number));
  if (search !== null) conditions.push(searched(search));
  if (status !== undefined) add("r.status = ?", status);
  if (reason !== undefined) conditions.push(reasonIs(reason));
  if (test !== undefined) add("r.test = ?", test);
  if (outcome !== undefined) add(outcomes[outcome]);
  if (direction !== undefined) add("r.direction = ?", direction);
  if (agentId !== undefined)
    add("r.id IN (SELECT a.call_id FROM call_attempts a WHERE a.tenant_id = r.tenant_id AND a.agent_id = ?)", agentId);
  if (groupId !== undefined) add("r.group_id = ?", groupId);
  if (ruleId !== undefined) add("r.rule_id = ?", ruleId);
  if (startedAfter !== undefined) add("r.started_at >= ?", new Date(startedAfter));
  if (startedBefore !== undefined) add("r.started_at < ?", new Date(startedBefore));
  if (after !== null) add("r.started_at <= ? AND (r.started_at < ? OR r.id < ?)", after.startedAt, after.startedAt, after.id);
  return { sql: conditions.map((each) => each.sql).join(""), values: conditions.flatMap((each) => each.values) };
}

function searched({ beginnings, callIds, agentIds }: CallSearch): Condition {
  const starts = beginnings.map((text) => `${text.replace(/[\\%_]/g, "\\$&")}%`);
  const likes = (column: string) => starts.map(() => `${column} LIKE ?`);
  const either = [...likes("r.from_number"), ...likes("r.to_number"), `r.id IN (${callIds.map(() => "?").join(",")})`];
  const agents = agentIds.map(() => "?").join(",");
  if (agentIds.length > 0) {
    either.push(`r.id IN (SELECT a.call_id FROM call_attempts a WHERE a.tenant_id = r.tenant_id AND a.agent_id IN (${agents}))`);
  }
  return { sql: ` AND (${either.join(" OR ")})`, values: [...starts, ...starts, ...callIds, ...agentIds] };
}

/** As the figures count them. */
const outcomes: Record<CallOutcome, string> = {
  answered: "r.answered = 1",
  not_answered: "r.answered = 0",
  failed_over: "(SELECT COUNT(*) FROM call_attempts a WHERE a.tenant_id = r.tenant_id AND a.call_id = r.id) > 1",
  fallback: "r.fallback_used IS NOT NULL",
};

/** As `shownReason` shows what has none. */
function reasonIs(reason: Reason): Condition {
  const values = [reason];
  switch (reason) {
    case "matched":
      return { sql: " AND (r.reason = ? OR (r.reason IS NULL AND r.ended_at IS NULL))", values };
    case "engine_error":
      return { sql: " AND (r.reason = ? OR (r.reason IS NULL AND r.ended_at IS NOT NULL))", values };
    default:
      return { sql: " AND r.reason = ?", values };
  }
}

/** Records keep a number as it was sent, with or without its plus. */
function spellings(number: string): string[] {
  const { value } = normaliseNumber(number, null);
  return [...new Set([number, value, value.replace(/^\+/, "")])];
}

const marks = (number: string): string =>
  spellings(number)
    .map(() => "?")
    .join(",");

export const writeCursor = ({ startedAt, id }: Cursor): string => Buffer.from(`${startedAt.getTime()}.${id}`).toString("base64url");

/** Throws ControlError `rule_broken` for what we did not write. */
export function readCursor(cursor: string | undefined): Cursor | null {
  if (cursor === undefined) return null;
  const [, time, id] = /^(\d{1,15})\.([a-z0-9_]{1,64})$/.exec(Buffer.from(cursor, "base64url").toString("utf8")) ?? [];
  if (time === undefined || id === undefined) {
    throw new ControlError("rule_broken", "This cursor is none of ours.", {
      issues: [{ path: ["cursor"], message: "Take the nextCursor of the page before." }],
    });
  }
  return { startedAt: new Date(Number(time)), id };
}
