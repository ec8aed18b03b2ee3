/** The filters of a call-record list as conditions of a query, and the place where its next page begins. */
import { normaliseNumber } from "@switchboard/routing/number";
import type { CallRecordFilters } from "./call-records.ts";
import type { CallSearch } from "./call-search.ts";
import { traitsWanted } from "./call-traits.ts";
import { ControlError } from "../control-error.ts";
import { tailLength, tailsOf } from "./number-tail.ts";
import type { SqlValue } from "../database/sql.ts";

export type Condition = { sql: string; values: SqlValue[] };
/** `id` empty: whatever began before. */
export type Cursor = { startedAt: Date; id: string };

type Place = {
  /** What the search of the filters means; null: none. */
  search: CallSearch | null;
  cursor: Cursor | null;
};

/** What a filter asks of a record `r`; direction, test and outcome are one. */
export type FilterName =
  | "from"
  | "to"
  | "number"
  | "search"
  | "status"
  | "reason"
  | "traits"
  | "agentId"
  | "groupId"
  | "ruleId"
  | "provider";

/** Conditions to stand behind `r.tenant_id = ?`, each with its AND. */
export function filterSql(filters: CallRecordFilters, { search, cursor }: Place): Condition {
  return allOf([...conditionsOf(filters, search).values(), withinTime(filters, cursor, { at: "r.started_at", id: "r.id" })]);
}

export const allOf = (conditions: Condition[]): Condition => ({
  sql: conditions.map(({ sql }) => (sql === "" ? "" : ` AND ${sql}`)).join(""),
  values: conditions.flatMap(({ values }) => values),
});

export function conditionsOf(filters: CallRecordFilters, search: CallSearch | null): Map<FilterName, Condition> {
  const conditions = new Map<FilterName, Condition>();
  const equals = (name: FilterName, column: string, value: string | undefined) => {
    if (value !== undefined) conditions.set(name, { sql: `${column} = ?`, values: [value] });
  };
  const { from, to, number, status, reason, agentId, groupId, ruleId, provider } = filters;
  if (from !== undefined) conditions.set("from", isNumber("from", from));
  if (to !== undefined) conditions.set("to", isNumber("to", to));
  if (number !== undefined) conditions.set("number", anyOf([isNumber("from", number), isNumber("to", number)]));
  if (search !== null) conditions.set("search", searched(search));
  equals("status", "r.status", status);
  equals("reason", "r.reason", reason);
  const traits = traitsWanted(filters);
  if (traits !== null) conditions.set("traits", { sql: `r.traits IN (${marks(traits)})`, values: traits });
  if (agentId !== undefined) conditions.set("agentId", triedBy([agentId]));
  equals("groupId", "r.group_id", groupId);
  equals("ruleId", "r.rule_id", ruleId);
  if (provider !== undefined) conditions.set("provider", dialled(provider));
  return conditions;
}

type Bounds = Pick<CallRecordFilters, "startedAfter" | "startedBefore">;

/** `at` and `id`: the columns in whose order calls are read. */
export function withinTime(
  { startedAfter, startedBefore }: Bounds,
  cursor: Cursor | null,
  { at, id }: { at: string; id: string },
): Condition {
  const parts: Condition[] = [];
  if (startedAfter !== undefined) parts.push({ sql: `${at} >= ?`, values: [storable(startedAfter)] });
  if (startedBefore !== undefined) parts.push({ sql: `${at} < ?`, values: [storable(startedBefore)] });
  if (cursor !== null) {
    const { startedAt } = cursor;
    parts.push({ sql: `${at} <= ? AND (${at} < ? OR ${id} < ?)`, values: [startedAt, startedAt, cursor.id] });
  }
  return { sql: parts.map(({ sql }) => sql).join(" AND "), values: parts.flatMap(({ values }) => values) };
}

const [earliestMs, latestMs] = [Date.UTC(1000, 0), Date.UTC(9999, 11, 31)];

/** A time that a DATETIME holds, and that lies on the same side of every call. */
const storable = (time: string): Date => new Date(Math.min(Math.max(Date.parse(time), earliestMs), latestMs));

/** In any writing of the same digits. */
export function isNumber(side: "from" | "to", number: string): Condition {
  const tails = tailsOf(number);
  const sql = `r.${side}_tail IN (${marks(tails)})`;
  if (tails.every((tail) => tail.length < tailLength)) return { sql, values: tails };
  return { sql: `${sql} AND r.${side}_number IN (?, ?)`, values: [...tails, number, normaliseNumber(number, null).value] };
}

function searched({ beginnings, endings, callIds, agentIds }: CallSearch): Condition {
  const either: Condition[] = [
    ...beginnings.flatMap((text) => [beginsWith("r.from_number", text), beginsWith("r.to_number", text)]),
    ...endings.flatMap((tail) => [endsWith("r.from_number", tail), endsWith("r.to_number", tail)]),
  ];
  if (callIds.length > 0) either.push({ sql: `r.id IN (${marks(callIds)})`, values: callIds });
  if (agentIds.length > 0) either.push(triedBy(agentIds));
  return anyOf(either);
}

const anyOf = (conditions: Condition[]): Condition => ({
  sql: conditions.length === 0 ? "1 = 0" : `(${conditions.map(({ sql }) => sql).join(" OR ")})`,
  values: conditions.flatMap(({ values }) => values),
});

export const beginsWith = (column: string, text: string): Condition => ({ sql: `${column} LIKE ?`, values: [`${plain(text)}%`] });

/** `tail`: digits, the last one first. */
const endsWith = (column: string, tail: string): Condition => ({
  sql: `${column} LIKE ?`,
  values: [`%${[...tail].toReversed().join("")}`],
});

/** LIKE's wildcards are characters like others. */
const plain = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** Asked of each call in turn, whose dials are few: of the handful of providers each has many calls. */
export const dialled = (provider: string): Condition => ({
  sql: "(SELECT COUNT(*) FROM call_attempts t WHERE t.tenant_id = r.tenant_id AND t.call_id = r.id AND t.provider = ?) > 0",
  values: [provider],
});

const triedBy = (agentIds: string[]): Condition => ({
  sql: `r.id IN (SELECT t.call_id FROM call_attempts t WHERE t.tenant_id = r.tenant_id AND t.agent_id IN (${marks(agentIds)}))`,
  values: agentIds,
});

const marks = (values: readonly unknown[]): string => values.map(() => "?").join(",");

export const writeCursor = ({ startedAt, id }: Cursor): string => Buffer.from(`${startedAt.getTime()}.${id}`).toString("base64url");

/** Throws ControlError `rule_broken` for what we did not write. */
export function readCursor(cursor: string | undefined): Cursor | null {
  if (cursor === undefined) return null;
  const [, time, id] = /^(\d{1,15})\.([a-z0-9_]{0,64})$/.exec(Buffer.from(cursor, "base64url").toString("utf8")) ?? [];
  if (time === undefined || id === undefined) {
    throw new ControlError("rule_broken", "This cursor is none of ours.", {
      issues: [{ path: ["cursor"], message: "Take the nextCursor of the page before." }],
    });
  }
  return { startedAt: new Date(Math.min(Number(time), latestMs)), id };
}
