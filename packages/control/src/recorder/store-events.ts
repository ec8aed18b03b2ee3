/** What the recorder does with a batch inside its transaction: calls folded, attempts, timeline and audit written. */
import type { CallId } from "@switchboard/routing/ids";
import { type CallEvent, isAboutCall, type JournalEvent } from "@switchboard/routing/journal-event";
import { readProviders } from "../figures/agent-providers.ts";
import { auditRow, type TimelineRow, timelineRow } from "./event-rows.ts";
import { createKnownCalls, type KnownCalls } from "./known-calls.ts";
import { findCalls, keepUnmatched, type Report, takeMatched } from "./match-sip-ids.ts";
import { jsonText, type Queryable, type SqlValue } from "../database/sql.ts";
import { writeCalls } from "./write-calls.ts";
import { changesOf, writeRollups } from "../figures/write-rollups.ts";
import { writeRuleHits } from "../figures/write-rule-hits.ts";
import { bulkInsert } from "../database/write-rows.ts";

/** An event that can't be folded; `index` is its place in the batch. */
export type Poison = { index: number; error: unknown };

type Named = { event: CallEvent; callId: CallId; row: TimelineRow };

/** The same events in any order, as often as may be, leave the same rows. Answers what could not be read; the rest is stored. */
export async function storeEvents(connection: Queryable, events: JournalEvent[]): Promise<Poison[]> {
  const poison: Poison[] = [];
  const guard = (event: JournalEvent, work: () => void) => {
    try {
      work();
    } catch (error) {
      poison.push({ index: events.indexOf(event), error });
    }
  };
  const calls = createKnownCalls();
  // The server reads and writes while we prepare what is sent next.
  const loading = calls.load(connection, callsNamedBy(events));
  const reading = readProviders(connection, events);
  const { named, nameless, audit } = prepare(events, guard);
  const auditing = writeAudit(connection, audit);
  const begun = Promise.all([loading, reading, auditing]);
  begun.catch(() => {});

  const timeline: SqlValue[][] = [];
  const foldAll = (items: Named[]) => {
    for (const { event, callId, row } of items) {
      guard(event, () => {
        calls.fold(event, callId);
        timeline.push([event.tenantId, callId, row.dedupe, row.at, row.type, jsonText(row.detail)]);
      });
    }
  };
  await loading;
  foldAll(named);
  foldAll(await matched(connection, nameless, calls));
  calls.nameProviders(await reading);
  const changes = changesOf(calls.all());
  // Sent in this order: the timeline's rows refer to the calls'.
  await Promise.all([
    begun,
    writeRollups(connection, changes),
    writeCalls(connection, calls.all()),
    writeTimeline(connection, timeline),
    writeRuleHits(connection, changes),
  ]);
  return poison;
}

function* callsNamedBy(events: JournalEvent[]) {
  for (const event of events) {
    if (typeof event === "object" && event !== null && isAboutCall(event) && event.callId)
      yield { tenantId: event.tenantId, callId: event.callId };
  }
}

function prepare(events: JournalEvent[], guard: (event: JournalEvent, work: () => void) => void) {
  const named: Named[] = [];
  const nameless: Report[] = [];
  const audit: SqlValue[][] = [];
  for (const event of events) {
    guard(event, () => {
      if (!isAboutCall(event)) return;
      const heard = auditRow(event);
      if (heard)
        audit.push([event.tenantId, heard.id, heard.receivedAt, heard.kind, heard.callId, jsonText(heard.fields), jsonText(heard.answer)]);
      if (event.type === "report" && event.callId === null) nameless.push(event);
      else if (event.callId !== null) named.push({ event, callId: event.callId, row: timelineRow(event) });
    });
  }
  return { named, nameless, audit };
}

/** Reports without a session whose call is known, of this batch and of earlier ones; those whose call is not are kept. */
async function matched(connection: Queryable, nameless: Report[], calls: KnownCalls): Promise<Named[]> {
  const waiting = await takeMatched(connection, calls.all());
  const found = await findCalls(connection, nameless, calls.all());
  await keepUnmatched(
    connection,
    nameless.filter((report) => !found.has(report)),
  );
  const items: Named[] = [...found].map(([event, callId]) => ({ event, callId, row: timelineRow(event) }));
  for (const { report, callId } of waiting) items.push({ event: report, callId, row: timelineRow(report) });
  await calls.load(connection, refsOf(items));
  return items;
}

const refsOf = (items: Named[]) => items.map(({ event, callId }) => ({ tenantId: event.tenantId, callId }));

function writeTimeline(connection: Queryable, rows: SqlValue[][]): Promise<void> {
  return bulkInsert(connection, {
    table: "call_events",
    columns: ["tenant_id", "call_id", "dedupe", "at", "type", "detail"],
    rows,
    onDuplicate: "keep",
  });
}

function writeAudit(connection: Queryable, rows: SqlValue[][]): Promise<void> {
  const columns = ["tenant_id", "id", "received_at", "kind", "call_id", "fields", "answer"];
  return bulkInsert(connection, { table: "webhook_events", columns, rows, onDuplicate: "keep" });
}
