/** Applies a word about a call (session update, CDR): state, lease, health and journal, in one round trip. */
import type { CallId, TenantId } from "@switchboard/routing/ids";
import type { CallFacts, CallReport, WebhookFacts } from "@switchboard/routing/journal-event";
import { evidenceArgument, jsonMembers, sipIdsArgument } from "./arguments.ts";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { type AdvanceKind, advanceReply } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("advance");

/** A tenant's updates for unknown calls above this rate are only counted. */
const unknownCallsPerSecond = 50;

export type AdvanceRequest = {
  tenantId: TenantId;
  /** Null: a CDR that names no session; it is matched by `facts.sipCallIds`. */
  callId: CallId | null;
  facts: CallFacts;
  report: CallReport;
  webhook: WebhookFacts | null;
};

export type Advance = (request: AdvanceRequest) => Promise<{ kind: AdvanceKind }>;

/** Throws when Redis does not answer in time; sending the same word again is harmless. */
export function createAdvance(redis: RedisClient, clock?: TestClock): Advance {
  return async ({ tenantId, callId, facts, report, webhook }) => {
    const reply = await runScript(redis, script, tenantScriptKeys(tenantId), [
      clockArgument(clock),
      tenantId,
      callId ?? "",
      JSON.stringify(facts),
      jsonMembers({ type: "report", sipCallIds: facts.sipCallIds, report, webhook }),
      evidenceArgument(report.evidence),
      report.answeredAt ?? (report.evidence?.state === "connected" ? report.occurredAt : ""),
      sipIdsArgument(facts.sipCallIds),
      unknownCallsPerSecond,
    ]);
    return { kind: advanceReply(reply) };
  };
}
