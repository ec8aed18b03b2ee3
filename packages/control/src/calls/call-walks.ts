/** The ways through the indexes of call records: each is read latest call first, and no filter is without one. */
import type { TenantId } from "@switchboard/routing/ids";
import {
  allOf,
  beginsWith,
  type Condition,
  conditionsOf,
  type Cursor,
  dialled,
  type FilterName,
  isNumber,
  withinTime,
} from "./call-filters.ts";
import type { CallRecordFilters } from "./call-records.ts";
import type { CallSearch } from "./call-search.ts";
import { traitsWanted } from "./call-traits.ts";
import { tailsOf } from "./number-tail.ts";
import { type Queryable, rowsOf, type SqlValue } from "../database/sql.ts";

export type CallsAsked = {
  pool: Queryable;
  tenantId: TenantId;
  filters: CallRecordFilters;
  place: { search: CallSearch | null; cursor: Cursor | null };
};

/** A part of one index. `isOrdered`: its calls come in the order of time; else they have to be sorted, so that there may not be many. */
type Walk = { of: "records" | "attempts"; index: string; pinned: Condition; isOrdered: boolean };

/** Walks that together meet every call that passes one filter, and what the other filters ask of those met. */
export type Way = { walks: Walk[]; rest: Condition /** Which filter it is; null: none, it meets every call. */; by: FilterName | null };

/** More are not sorted: the calls are then gone through from the latest on, which meets a page of them soon. */
const mostSorted = 30_000;

/** The shortest way; `met`: about how many calls lie on it, null where nobody had to ask. */
export async function wayTo(asked: CallsAsked): Promise<{ way: Way; met: number | null }> {
  const ways = waysOf(asked);
  const [only] = ways;
  if (ways.length === 1 && only !== undefined && isSorted(only)) return { way: only, met: null };
  let best: { way: Way; met: number } | null = null;
  for (const way of ways) {
    const met = await estimate(asked, way);
    if (met > mostSorted && (await toSort(asked, way)) > mostSorted) continue;
    if (best === null || met < best.met) best = { way, met };
  }
  return best ?? { way: { walks: [everyCall], rest: restOf(asked, null), by: null }, met: null };
}

/** About how many calls of this way don't come in the order of time. */
const toSort = async (asked: CallsAsked, { walks }: Way): Promise<number> => {
  const unordered = walks.filter(({ isOrdered }) => !isOrdered);
  return unordered.length === 0 ? 0 : await estimate(asked, { walks: unordered });
};

const isSorted = ({ walks }: Way): boolean => walks.every(({ isOrdered }) => isOrdered);

/** One for each filter; the whole of the calls where there is none. */
function waysOf(asked: CallsAsked): Way[] {
  const ways: Way[] = [];
  for (const name of conditionsOf(asked.filters, asked.place.search).keys())
    ways.push({ walks: walksOf(name, asked), rest: restOf(asked, name), by: name });
  return ways.length > 0 ? ways : [{ walks: [everyCall], rest: noRest, by: null }];
}

function restOf({ filters, place: { search } }: CallsAsked, walked: FilterName | null): Condition {
  const conditions = conditionsOf(filters, search);
  if (walked !== null) conditions.delete(walked);
  return allOf([...conditions.values()]);
}

const everyCall: Walk = { of: "records", index: "call_records_started_idx", pinned: { sql: "", values: [] }, isOrdered: true };

function walksOf(name: FilterName, { filters, place: { search } }: CallsAsked): Walk[] {
  const { from, to, number, status, reason, agentId, groupId, ruleId, provider } = filters;
  switch (name) {
    case "from":
      return numberWalks(["from"], from);
    case "to":
      return numberWalks(["to"], to);
    case "number":
      return numberWalks(["from", "to"], number);
    case "search":
      return search === null ? [] : searchWalks(search);
    case "status":
      return [pinnedTo("call_records_status_idx", "r.status", status)];
    case "reason":
      return [pinnedTo("call_records_reason_idx", "r.reason", reason)];
    case "groupId":
      return [pinnedTo("call_records_group_idx", "r.group_id", groupId)];
    case "ruleId":
      return [pinnedTo("call_records_rule_idx", "r.rule_id", ruleId)];
    case "provider":
      return provider === undefined ? [] : [{ ...everyCall, pinned: dialled(provider) }];
    case "traits":
      return (traitsWanted(filters) ?? []).map((value) => pinnedTo("call_records_traits_idx", "r.traits", value));
    case "agentId":
      return agentId === undefined ? [] : [agentWalk(agentId)];
  }
}

const pinnedTo = (index: string, column: string, value: SqlValue | undefined): Walk => ({
  ...{ of: "records", index, isOrdered: true },
  pinned: { sql: `${column} = ?`, values: [value ?? null] },
});

/** A call that dialled an agent twice is met once, at its first dial. */
const agentWalk = (agentId: string): Walk => ({
  ...{ of: "attempts", index: "call_attempts_agent_idx", isOrdered: true },
  pinned: {
    sql: `a.agent_id = ? AND (a.step = 1 OR NOT EXISTS (SELECT 1 FROM call_attempts b
      WHERE b.tenant_id = a.tenant_id AND b.call_id = a.call_id AND b.step < a.step AND b.agent_id = a.agent_id))`,
    values: [agentId],
  },
});

/** One for each spelling, since only what is equal comes in the order of time. */
const numberWalks = (sides: ("from" | "to")[], number: string | undefined): Walk[] =>
  number === undefined
    ? []
    : sides.flatMap((side) =>
        tailsOf(number).map((tail) => {
          const walk = pinnedTo(`call_records_${side}_tail_idx`, `r.${side}_tail`, tail);
          return { ...walk, pinned: bothOf(walk.pinned, isNumber(side, number)) };
        }),
      );

const bothOf = (a: Condition, b: Condition): Condition => ({ sql: `${a.sql} AND ${b.sql}`, values: [...a.values, ...b.values] });

function searchWalks({ beginnings, endings, callIds, agentIds }: CallSearch): Walk[] {
  const part = (index: string, pinned: Condition): Walk => ({ of: "records", index, pinned, isOrdered: false });
  return [
    ...callIds.map((id) => ({ ...part("PRIMARY", { sql: "r.id = ?", values: [id] }), isOrdered: true })),
    ...agentIds.map(agentWalk),
    ...(["from", "to"] as const).flatMap((side) => [
      ...beginnings.map((text) => part(`call_records_${side}_idx`, beginsWith(`r.${side}_number`, text))),
      ...endings.map((tail) => part(`call_records_${side}_tail_idx`, beginsWith(`r.${side}_tail`, tail))),
    ]),
  ];
}

/** About how many calls lie on this way, as the server's own optimiser guesses from the index. */
export async function estimate(asked: CallsAsked, way: Pick<Way, "walks">): Promise<number> {
  const parts = way.walks.map((walk) => partOf(walk, asked, { rest: noRest, since: null }));
  const sql = `EXPLAIN ${parts.map((part) => `SELECT ${part.id} ${part.sql}`).join(" UNION ALL ")}`;
  const rows = await rowsOf<{ table: string | null; rows: number | string | null }>(
    asked.pool,
    sql,
    parts.flatMap(({ values }) => values),
  );
  return rows.reduce((sum, row) => sum + (row.table === "r" || row.table === "a" ? Number(row.rows ?? 0) : 0), 0);
}

export const noRest: Condition = { sql: "", values: [] };

type Part = { id: string; at: string; sql: string; values: SqlValue[] };

/** FROM and WHERE of one walk; `since`: nothing that began before. */
export function partOf(
  walk: Walk,
  { tenantId, filters, place: { cursor } }: CallsAsked,
  { rest, since }: { rest: Condition; since: Date | null },
): Part {
  const isOfRecords = walk.of === "records";
  const [row, id, at] = isOfRecords ? ["r", "r.id", "r.started_at"] : ["a", "a.call_id", "a.call_started_at"];
  const own = `${isOfRecords ? "call_records r" : "call_attempts a"} FORCE INDEX (${walk.index})`;
  const met =
    isOfRecords || rest.sql === "" ? own : `${own} STRAIGHT_JOIN call_records r ON r.tenant_id = a.tenant_id AND r.id = a.call_id`;
  const window: Condition = since === null ? noRest : { sql: `${at} >= ?`, values: [since] };
  const where = allOf([walk.pinned, withinTime(filters, cursor, { at, id }), window]);
  return {
    id,
    at,
    sql: `FROM ${met} WHERE ${row}.tenant_id = ?${where.sql}${rest.sql}`,
    values: [tenantId, ...where.values, ...rest.values],
  };
}
