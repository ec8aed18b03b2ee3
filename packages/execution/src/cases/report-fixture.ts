/** Test support: a word about a call, as the report door would hand it to `advance`. */
import type { Evidence } from "@switchboard/routing/evidence";
import type { CallId, TenantId } from "@switchboard/routing/ids";
import type { AdvanceRequest } from "../advance.ts";

export type ReportOptions = { tenantId: TenantId; callId: CallId | null; evidence: Evidence | null; at: number; sipCallIds?: string[] };

export function reportOf({ tenantId, callId, evidence, at, sipCallIds = [] }: ReportOptions): AdvanceRequest {
  return {
    tenantId,
    callId,
    facts: {
      session: callId ?? "",
      direction: "inbound",
      from: "+14155550100",
      to: "+14155550199",
      sipCallIds,
      ruleId: null,
      receivedAt: at,
    },
    report: {
      source: callId === null ? "cdr" : "session_update",
      word: evidence?.state ?? "leg ended",
      evidence,
      dedupe: `${callId} ${at}`,
      occurredAt: at,
      answeredAt: null,
      endedAt: null,
      billSeconds: null,
    },
    webhook: { kind: callId === null ? "cdr" : "session_update", receivedAt: at, fields: {} },
  };
}
