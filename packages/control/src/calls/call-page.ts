/** Which calls stand on a page: found by keys alone, within bounds, whatever the filters. */
import type { Condition, Cursor } from "./call-filters.ts";
import { type CallsAsked, noRest, partOf, type Way, wayTo } from "./call-walks.ts";
import { rowsOf } from "../database/sql.ts";

type Met = { id: string; started_at: Date };

/** Ids, latest first; `next`: where the page behind begins, null behind the last. */
export type FoundCalls = { found: string[]; next: Cursor | null };

const firstWindow = 250;
const widestWindow = 128_000;
/** A window that took no longer may be followed by a wider one. */
const quickMs = 20;
/** Then what was found is a page. */
const enoughMs = 120;

export async function findCalls(asked: CallsAsked, limit: number): Promise<FoundCalls> {
  const { way, met } = await wayTo(asked);
  const isShort = way.rest.sql === "" || (met !== null && met <= firstWindow);
  return isShort ? pageOf(await meet(asked, way, { limit: limit + 1, since: null }), limit) : await lookBack(asked, way, limit);
}

function pageOf(met: Met[], limit: number): FoundCalls {
  const page = met.slice(0, limit);
  const last = page.at(-1);
  return { found: page.map(({ id }) => id), next: last !== undefined && met.length > limit ? cursorAt(last) : null };
}

const cursorAt = ({ started_at, id }: Met): Cursor => ({ startedAt: started_at, id });

/** Window by window into the past: few calls may pass all filters, and nobody should wait for all of a way to be looked at. */
async function lookBack(asked: CallsAsked, way: Way, limit: number): Promise<FoundCalls> {
  const began = performance.now();
  const met: Met[] = [];
  let here = asked;
  for (let size = firstWindow; ; ) {
    const windowBegan = performance.now();
    const since = await edgeOf(here, way, size);
    met.push(...(await meet(here, way, { limit: limit + 1 - met.length, since })));
    if (since === null || met.length > limit) return pageOf(met, limit);
    const next: Cursor = { startedAt: since, id: "" };
    if (performance.now() - began > enoughMs) return { found: met.map(({ id }) => id), next };
    here = { ...asked, place: { ...asked.place, cursor: next } };
    if (performance.now() - windowBegan < quickMs) size = Math.min(size * 4, widestWindow);
  }
}

type Bounds = { limit: number; since: Date | null };

async function meet(asked: CallsAsked, way: Way, bounds: Bounds): Promise<Met[]> {
  if (way.walks.length === 0) return [];
  const { sql, values } = pageSql(asked, way, bounds);
  return await rowsOf<Met>(asked.pool, sql, values);
}

/** Each walk gives a page of its own, and the page is the latest of them: a call that lies on two walks is one. */
export function pageSql(asked: CallsAsked, { walks, rest }: Way, { limit, since }: Bounds): Condition {
  const parts = walks.map((walk) => partOf(walk, asked, { rest, since }));
  const selects = parts.map(
    ({ id, at, sql }) => `(SELECT ${id} AS id, ${at} AS started_at ${sql} ORDER BY ${at} DESC, ${id} DESC LIMIT ${limit})`,
  );
  const values = parts.flatMap((part) => part.values);
  const [only] = selects;
  if (selects.length === 1 && only !== undefined) return { sql: only.slice(1, -1), values };
  return { sql: `${selects.join(" UNION ")} ORDER BY started_at DESC, id DESC LIMIT ${limit}`, values };
}

/** Since when about so many calls of this way have begun; null: there are no more than that. */
export async function edgeOf(asked: CallsAsked, { walks }: Pick<Way, "walks">, size: number): Promise<Date | null> {
  const each = Math.max(1, Math.floor(size / Math.max(1, walks.length)));
  const parts = walks.map((walk) => partOf(walk, asked, { rest: noRest, since: null }));
  const selects = parts.map(
    ({ id, at, sql }) => `(SELECT ${at} AS started_at ${sql} ORDER BY ${at} DESC, ${id} DESC LIMIT 1 OFFSET ${each})`,
  );
  const rows = await rowsOf<{ started_at: Date }>(
    asked.pool,
    selects.join(" UNION ALL "),
    parts.flatMap(({ values }) => values),
  );
  return rows.reduce<Date | null>((latest, row) => (latest === null || row.started_at > latest ? row.started_at : latest), null);
}
