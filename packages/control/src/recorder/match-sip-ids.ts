/** Brings together reports that name no session and the calls whose SIP Call-IDs they name, whichever comes first. */
import { callId, type CallId, type TenantId, tenantId } from "@switchboard/routing/ids";
import type { JournalEvent } from "@switchboard/routing/journal-event";
import { timelineRow } from "./event-rows.ts";
import type { KnownCall } from "./known-calls.ts";
import { execute, type Queryable, rowsOf } from "../database/sql.ts";
import { newSipIds } from "./write-calls.ts";
import { bulkInsert } from "../database/write-rows.ts";

export type Report = Extract<JournalEvent, { type: "report" }>;

type SipRef = { tenantId: TenantId; sipCallId: string };
const keyOf = ({ tenantId: tenant, sipCallId }: SipRef): string => `${tenant} ${sipCallId}`;

/** The call of each report, where one is known: stored, or in this batch. */
export async function findCalls(connection: Queryable, reports: Report[], calls: KnownCall[]): Promise<Map<Report, CallId>> {
  if (reports.length === 0) return new Map();
  const known = new Map<string, CallId>();
  for (const call of calls) {
    for (const sipCallId of call.now?.facts?.sipCallIds ?? []) known.set(keyOf({ tenantId: call.tenantId, sipCallId }), call.callId);
  }
  type Row = { tenant_id: string; sip_call_id: string; call_id: string };
  const rows = await byTenant<Row>(connection, reports.flatMap(refsOf), "SELECT tenant_id, sip_call_id, call_id FROM call_sip_ids");
  for (const row of rows) known.set(keyOf({ tenantId: tenantId(row.tenant_id), sipCallId: row.sip_call_id }), callId(row.call_id));
  const found = new Map<Report, CallId>();
  for (const report of reports) {
    const call = refsOf(report)
      .map((ref) => known.get(keyOf(ref)))
      .find((each) => each !== undefined);
    if (call) found.set(report, call);
  }
  return found;
}

/** Keeps a report until its call is known. */
export async function keepUnmatched(connection: Queryable, reports: Report[]): Promise<void> {
  const rows = reports.flatMap((report) => {
    const { dedupe } = timelineRow(report);
    return refsOf(report).map(({ tenantId: tenant, sipCallId }) => [
      tenant,
      sipCallId,
      dedupe,
      JSON.stringify(report),
      new Date(report.webhook?.receivedAt ?? report.at),
    ]);
  });
  await bulkInsert(connection, {
    table: "unmatched_cdrs",
    columns: ["tenant_id", "sip_call_id", "dedupe", "event", "received_at"],
    rows,
    onDuplicate: "keep",
  });
}

/** Takes out what was kept for calls that have become known. */
export async function takeMatched(connection: Queryable, calls: KnownCall[]): Promise<{ report: Report; callId: CallId }[]> {
  const owners = new Map<string, SipRef & { callId: CallId }>();
  for (const call of calls) {
    for (const sipCallId of newSipIds(call))
      owners.set(keyOf({ tenantId: call.tenantId, sipCallId }), { tenantId: call.tenantId, sipCallId, callId: call.callId });
  }
  type Row = { tenant_id: string; sip_call_id: string; event: string };
  const rows = await byTenant<Row>(connection, [...owners.values()], "SELECT tenant_id, sip_call_id, event FROM unmatched_cdrs");
  const taken = new Map<string, { report: Report; callId: CallId }>();
  for (const row of rows) {
    const owner = owners.get(keyOf({ tenantId: tenantId(row.tenant_id), sipCallId: row.sip_call_id }));
    const report: Report = JSON.parse(row.event);
    const { dedupe } = timelineRow(report);
    if (owner) taken.set(`${row.tenant_id} ${dedupe.toString("hex")}`, { report, callId: owner.callId });
    for (const { tenantId: tenant, sipCallId } of refsOf(report)) {
      await execute(connection, "DELETE FROM unmatched_cdrs WHERE tenant_id = ? AND sip_call_id = ? AND dedupe = ?", [
        tenant,
        sipCallId,
        dedupe,
      ]);
    }
  }
  return [...taken.values()];
}

const refsOf = ({ tenantId: tenant, sipCallIds }: Report): SipRef[] => sipCallIds.map((sipCallId) => ({ tenantId: tenant, sipCallId }));

const mostIdsPerQuery = 500;

async function byTenant<Row>(connection: Queryable, refs: SipRef[], select: string): Promise<Row[]> {
  const found: Row[] = [];
  for (const [tenant, some] of Map.groupBy(refs, (ref) => ref.tenantId)) {
    const ids = [...new Set(some.map((ref) => ref.sipCallId))];
    for (let start = 0; start < ids.length; start += mostIdsPerQuery) {
      const slice = ids.slice(start, start + mostIdsPerQuery);
      found.push(
        ...(await rowsOf<Row>(connection, `${select} WHERE tenant_id = ? AND sip_call_id IN (${slice.map(() => "?").join(",")})`, [
          tenant,
          ...slice,
        ])),
      );
    }
  }
  return found;
}
