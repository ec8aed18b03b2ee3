/** What the recorder does with a batch inside its transaction: calls folded, attempts, timeline and audit written. */
import type { CallId } from "@switchboard/routing/ids";
import type { JournalEvent } from "@switchboard/routing/journal-event";
import { auditRow, type CallEvent, timelineRow } from "./event-rows.ts";
import { createKnownCalls, type KnownCalls } from "./known-calls.ts";
import { findCalls, keepUnmatched, type Report, takeMatched } from "./match-sip-ids.ts";
import { jsonText, type Queryable, type SqlValue } from "./sql.ts";
import { writeCalls } from "./write-calls.ts";
import { bulkInsert } from "./write-rows.ts";

/** An event that can't be folded; `index` is its place in the batch. */
export type Poison = { index: number; error: unknown };

type Named = { event: CallEvent; callId: CallId };

/** The same events in any order, as often as may be, leave the same rows. Answers what could not be read; the rest is stored. */
export async function storeEvents(connection: Queryable, events: JournalEvent[]): Promise<Poison[]> {
  const poison: Poison[] = [];
  const rows = createRows();
  const named: Named[] = [];
  const nameless: Report[] = [];
  const guard = (event: JournalEvent, work: () => void) => {
    try {
      work();
    } catch (error) {
      poison.push({ index: events.indexOf(event), error });
    }
  };
  for (const event of events) {
    guard(event, () => {
      if (event.type === "agent_health") return;
      rows.addAudit(event);
      if (event.type === "report" && event.callId === null) nameless.push(event);
      else if (event.callId !== null) named.push({ event, callId: event.callId });
    });
  }

  const calls = createKnownCalls();
  const foldAll = (items: Named[]) => {
    for (const { event, callId } of items) {
      guard(event, () => {
        calls.fold(event, callId);
        rows.addTimeline(event, callId);
      });
    }
  };
  await calls.load(connection, refsOf(named));
  foldAll(named);
  foldAll(await matched(connection, nameless, calls));
  // Sent in this order: the timeline's rows refer to the calls'.
  await Promise.all([writeCalls(connection, calls.all()), rows.write(connection)]);
  return poison;
}

/** Reports without a session whose call is known, of this batch and of earlier ones; those whose call is not are kept. */
async function matched(connection: Queryable, nameless: Report[], calls: KnownCalls): Promise<Named[]> {
  const waiting = await takeMatched(connection, calls.all());
  const found = await findCalls(connection, nameless, calls.all());
  await keepUnmatched(connection, nameless.filter((report) => !found.has(report)));
  const items: Named[] = [...found].map(([event, callId]) => ({ event, callId }));
  for (const { report, callId } of waiting) items.push({ event: report, callId });
  await calls.load(connection, refsOf(items));
  return items;
}

const refsOf = (items: Named[]) => items.map(({ event, callId }) => ({ tenantId: event.tenantId, callId }));

function createRows() {
  const timeline: SqlValue[][] = [];
  const audit: SqlValue[][] = [];
  return {
    addTimeline(event: CallEvent, callId: CallId) {
      const { dedupe, at, type, detail } = timelineRow(event);
      timeline.push([event.tenantId, callId, dedupe, at, type, jsonText(detail)]);
    },
    addAudit(event: CallEvent) {
      const row = auditRow(event);
      if (row) audit.push([event.tenantId, row.id, row.receivedAt, row.kind, row.callId, jsonText(row.fields), jsonText(row.answer)]);
    },
    async write(connection: Queryable) {
      const columns = ["tenant_id", "id", "received_at", "kind", "call_id", "fields", "answer"];
      await Promise.all([
        bulkInsert(connection, { table: "call_events", columns: ["tenant_id", "call_id", "dedupe", "at", "type", "detail"], rows: timeline, onDuplicate: "keep" }),
        bulkInsert(connection, { table: "webhook_events", columns, rows: audit, onDuplicate: "keep" }),
      ]);
    },
  };
}
