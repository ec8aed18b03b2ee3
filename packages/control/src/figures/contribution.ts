/** What one call adds to the figures: nothing when it is a test. The recorder and the rebuild both count by this and nothing else. */
import type { CallStatus } from "@switchboard/routing/evidence";
import type { Reason } from "@switchboard/routing/reason";
import { shownReason } from "../calls/shown-reason.ts";

/** As stored in `call_records` and `call_attempts`. */
export type CountedCall = {
  startedAtMs: number;
  test: boolean;
  status: CallStatus;
  reason: Reason | null;
  answered: boolean;
  isOver: boolean;
  fallbackUsed: boolean;
  ruleId: string | null;
  groupId: string | null;
  decisionMs: number | null;
  ringSeconds: number | null;
  durationSeconds: number | null;
  /** In the order of their steps. */
  attempts: { agentId: string | null; provider: string | null; result: string | null }[];
};

export const dimensions = ["total", "status", "reason", "agent", "group", "rule", "provider"] as const;
export type Dimension = (typeof dimensions)[number];

/** Columns of `call_rollups`, in this order. */
export const countNames = ["calls", "answered", "timed", "seconds", "failed_over", "fallback"] as const;
export type Counts = [calls: number, answered: number, timed: number, seconds: number, failedOver: number, fallback: number];

/** One line of a call's account; `id` is empty for the total. */
export type Share = { dimension: Dimension; id: string; counts: Counts };

export type Contribution = {
  startedAtMs: number;
  shares: Share[];
  /** For the sketches; null where there is nothing to measure. */
  decisionMs: number | null;
  ringSeconds: number | null;
  ruleId: string | null;
};

/** Null: it counts nowhere. Calls count once in each dimension; of agents and their providers, each dial counts. */
export function contributionOf(call: CountedCall): Contribution | null {
  if (call.test) return null;
  const { answered, durationSeconds, ruleId, groupId } = call;
  const [failedOver, fallback] = [Number(call.attempts.length > 1), Number(call.fallbackUsed)];
  const countsFor = (isAnswered: boolean): Counts => {
    const timed = isAnswered && durationSeconds !== null;
    return [1, Number(isAnswered), Number(timed), timed ? durationSeconds : 0, failedOver, fallback];
  };
  const counts = countsFor(answered);
  const shares: Share[] = [
    { dimension: "total", id: "", counts },
    { dimension: "status", id: call.status, counts },
    { dimension: "reason", id: shownReason(call.reason, call.isOver), counts },
  ];
  if (groupId !== null) shares.push({ dimension: "group", id: groupId, counts });
  if (ruleId !== null) shares.push({ dimension: "rule", id: ruleId, counts });
  call.attempts.forEach(({ agentId, provider, result }, index) => {
    if (agentId === null) return;
    const isLast = index === call.attempts.length - 1;
    const dial = countsFor(answered && (result === "completed" || (result === null && isLast)));
    shares.push({ dimension: "agent", id: agentId, counts: dial });
    if (provider !== null) shares.push({ dimension: "provider", id: provider, counts: dial });
  });
  const { startedAtMs, decisionMs } = call;
  return { startedAtMs, shares, decisionMs, ringSeconds: answered ? call.ringSeconds : null, ruleId };
}
