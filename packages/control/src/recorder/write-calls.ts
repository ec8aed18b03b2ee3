/** Stores folded calls: the record, its attempts, and the SIP Call-IDs by which a CDR may name it. */
import type { CallAttempt, CallProjection } from "@switchboard/routing/call-projection";
import { countDials } from "../figures/count-dials.ts";
import { dateOf } from "./event-rows.ts";
import { traitsOf } from "../calls/call-traits.ts";
import { tailOf } from "../calls/number-tail.ts";
import { shownReason } from "../calls/shown-reason.ts";
import type { Providers } from "../figures/agent-providers.ts";
import { decisionMsOf, providerOf, wholeOf } from "../figures/counted-call.ts";
import { foldText, type KnownCall, startOf } from "./known-calls.ts";
import { execute, jsonText, type Queryable, type SqlValue } from "../database/sql.ts";
import { bulkInsert } from "../database/write-rows.ts";

type Touched = KnownCall & { now: CallProjection; fold: string };
/** What the rows of a call are made of. */
export type Storable = Pick<Touched, "tenantId" | "callId" | "now" | "fold" | "storedStart" | "seenAt" | "providers">;

/** Calls whose fold is as it was stored are left alone. All is sent in order before the first answer is waited for. */
export async function writeCalls(connection: Queryable, calls: KnownCall[]): Promise<void> {
  const touched = calls.flatMap((call): Touched[] => {
    const { now, stored, providers } = call;
    if (now === null) return [];
    const fold = foldText({ ...now, providers });
    return fold === stored ? [] : [{ ...call, now, fold }];
  });
  const writtenAt = new Date();
  const rowsOfCalls = (some: Touched[]) => some.map((call) => recordRow(call, writtenAt));
  const [known, fresh] = [touched.filter((call) => call.stored !== null), touched.filter((call) => call.stored === null)];
  const columns = recordKeys;
  // Known ones are locked. A fresh one that somebody else stored in the meantime is a duplicate: the whole is done again.
  await Promise.all([
    bulkInsert(connection, { table: "call_records", columns, rows: rowsOfCalls(fresh), onDuplicate: "fail" }),
    bulkInsert(connection, { table: "call_records", columns, rows: rowsOfCalls(known), onDuplicate: { replace: recordNames } }),
    writeAttempts(connection, touched),
    countDials(connection, touched),
    writeSipIds(connection, touched),
  ]);
}

const recordNames = [
  ...(["session", "direction", "from_number", "to_number", "status", "state", "reason", "degraded", "fallback_used", "test"] as const),
  ...(["rule_id", "group_id", "agent_id", "started_at", "answered", "answered_at", "ended_at"] as const),
  ...(["ring_seconds", "duration_seconds", "decision_ms", "traits", "from_tail", "to_tail", "fold", "updated_at"] as const),
] as const;

export const recordKeys = ["tenant_id", "id", ...recordNames] as const;

/** In the order of `recordKeys`. */
export const recordRow = (call: Storable, writtenAt: Date): SqlValue[] => [
  call.tenantId,
  call.callId,
  ...Object.values(recordColumns(call, writtenAt)),
];

/** Its keys in the order of `recordNames`. */
function recordColumns(call: Storable, writtenAt: Date): Record<(typeof recordNames)[number], SqlValue> {
  const { now, fold } = call;
  const { facts } = now;
  return {
    session: facts?.session ?? "",
    direction: facts?.direction ?? "inbound",
    from_number: facts?.from ?? "",
    to_number: facts?.to ?? "",
    status: now.status,
    state: now.state,
    reason: shownReason(now.reason, now.endedAt !== null),
    degraded: now.degraded,
    fallback_used: jsonText(now.fallbackUsed),
    test: now.test,
    rule_id: now.ruleId,
    group_id: now.groupId,
    agent_id: now.agentId,
    started_at: startOf(call),
    answered: now.answered,
    answered_at: dateOf(now.answeredAt),
    ended_at: dateOf(now.endedAt),
    ring_seconds: wholeOf(now.ringSeconds),
    duration_seconds: wholeOf(now.durationSeconds),
    decision_ms: decisionMsOf(now),
    traits: traitsOf({
      ...{ direction: facts?.direction ?? "inbound", test: now.test, answered: now.answered },
      ...{ failedOver: now.attempts.length > 1, fallback: now.fallbackUsed !== null },
    }),
    from_tail: tailOf(facts?.from ?? ""),
    to_tail: tailOf(facts?.to ?? ""),
    fold,
    updated_at: writtenAt,
  };
}

const attemptNames = [
  "target_id",
  "agent_id",
  "trunk",
  "kind",
  "result",
  "started_at",
  "ended_at",
  "test",
  "provider",
  "call_started_at",
] as const;

export const attemptKeys = ["tenant_id", "call_id", "step", ...attemptNames] as const;

/** In the order of `attemptKeys`. */
export const attemptRow = (call: Storable, attempt: CallAttempt): SqlValue[] => [
  ...[call.tenantId, call.callId, attempt.step, ...attemptColumns(attempt)],
  ...[call.now.test, providerOf(attempt, call.providers), startOf(call)],
];

async function writeAttempts(connection: Queryable, calls: Touched[]): Promise<void> {
  const rows: SqlValue[][] = [];
  const gone: SqlValue[][] = [];
  for (const call of calls) {
    const { tenantId, callId, before, now, storedStart, providersBefore, providers } = call;
    const isMoved = storedStart?.getTime() !== startOf(call).getTime();
    const textOf = (attempt: CallAttempt, of: Providers) => JSON.stringify([attempt, providerOf(attempt, of)]);
    const old = new Map(before?.attempts.map((attempt) => [attempt.step, textOf(attempt, providersBefore)]));
    for (const attempt of now.attempts) {
      if (isMoved || old.get(attempt.step) !== textOf(attempt, providers)) rows.push(attemptRow(call, attempt));
      old.delete(attempt.step);
    }
    // A claim that was taken back was no attempt.
    for (const step of old.keys()) gone.push([tenantId, callId, step]);
  }
  await Promise.all([
    ...gone.map((key) => execute(connection, "DELETE FROM call_attempts WHERE tenant_id = ? AND call_id = ? AND step = ?", key)),
    bulkInsert(connection, {
      table: "call_attempts",
      columns: attemptKeys,
      rows,
      onDuplicate: { replace: attemptNames },
    }),
  ]);
}

const attemptColumns = ({ targetId, agentId, trunk, kind, result, startedAt, endedAt }: CallAttempt): SqlValue[] => [
  ...[targetId, agentId, trunk, kind, result],
  ...[dateOf(startedAt) ?? new Date(0), dateOf(endedAt)],
];

async function writeSipIds(connection: Queryable, calls: Touched[]): Promise<void> {
  const rows = calls.flatMap((call) => newSipIds(call).map((sipCallId) => [call.tenantId, sipCallId, call.callId]));
  await bulkInsert(connection, { table: "call_sip_ids", columns: ["tenant_id", "sip_call_id", "call_id"], rows, onDuplicate: "keep" });
}

/** Those learned since the call was stored. */
export function newSipIds({ before, now }: KnownCall): string[] {
  const known = new Set(before?.facts?.sipCallIds);
  return now?.facts?.sipCallIds.filter((each) => !known.has(each)) ?? [];
}
