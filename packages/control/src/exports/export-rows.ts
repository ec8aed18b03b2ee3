/** The rows of an export, page after page, found as the list finds them. */
import type { TenantId } from "@switchboard/routing/ids";
import { readCursor, writeCursor } from "../calls/call-filters.ts";
import { findCalls, type FoundCalls } from "../calls/call-page.ts";
import { type CallRecord, type CallRecordFilters, readRows, recordOf } from "../calls/call-records.ts";
import { readSearch } from "../calls/call-search.ts";
import { countCalls } from "../calls/call-total.ts";
import type { Queryable } from "../database/sql.ts";

export type ExportSource = {
  tenantId: TenantId;
  filters: CallRecordFilters;
  /** Calls that began then or later are not in it: what comes in meanwhile moves no page. */
  until: Date;
};

export type ExportPage = {
  /** Fewer than asked for, or none, where few pass the filters. */
  records: CallRecord[];
  /** Where the page behind begins; null: this was the last. */
  cursor: string | null;
};

const within = ({ filters, until }: ExportSource): CallRecordFilters => {
  const before = filters.startedBefore;
  const end = before === undefined ? until : new Date(Math.min(Date.parse(before), until.getTime()));
  return { ...filters, startedBefore: end.toISOString() };
};

/** Behind `cursor` (null: from the latest call on). What comes next is looked for while a page is read and used. */
export async function* exportPages(
  target: Queryable,
  source: ExportSource,
  { cursor, limit }: { cursor: string | null; limit: number },
): AsyncGenerator<ExportPage> {
  const { tenantId } = source;
  const filters = within(source);
  const search = await readSearch(target, tenantId, filters.search);
  const ahead = <Result>(work: Promise<Result>): Promise<Result> => {
    // Whoever has stopped asking for pages leaves one unread: its failure is nobody's.
    work.catch(() => undefined);
    return work;
  };
  const find = (from: FoundCalls["next"]) => ahead(findCalls({ pool: target, tenantId, filters, place: { search, cursor: from } }, limit));
  const read = ({ found, next }: FoundCalls) => ahead(readRows(target, tenantId, found).then((rows) => ({ rows, next })));

  let found = await find(readCursor(cursor ?? undefined));
  let page = read(found);
  for (;;) {
    const { next } = found;
    const finding = next === null ? null : find(next);
    const { rows } = await page;
    if (finding !== null) {
      found = await finding;
      page = read(found);
    }
    yield { records: rows.map(recordOf), cursor: next && writeCursor(next) };
    if (finding === null) return;
  }
}

/** About how many rows it will have; null: nobody can say without looking at all of them. */
export async function estimateExport(target: Queryable, source: ExportSource): Promise<number | null> {
  const filters = within(source);
  const place = { search: await readSearch(target, source.tenantId, filters.search), cursor: null };
  const { count, precision } = await countCalls({ pool: target, tenantId: source.tenantId, filters, place });
  return precision === "at_least" ? null : count;
}
