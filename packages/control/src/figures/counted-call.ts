/** A call as the figures count it, from what the recorder has folded: the same values as its row gets. */
import type { CallAttempt, CallProjection } from "@switchboard/routing/call-projection";
import type { Providers } from "./agent-providers.ts";
import type { CountedCall } from "./contribution.ts";

const most = 2 ** 31 - 1;

/** What an INT column can hold. */
export const wholeOf = (amount: number | null): number | null => (amount === null ? null : Math.min(most, Math.max(0, Math.round(amount))));

/** From the first request to its decision; null when one of the two is not known. */
export function decisionMsOf({ facts, memory }: Pick<CallProjection, "facts" | "memory">): number | null {
  const [kind, step] = memory.factsFrom ?? [];
  const first = memory.steps.find((each) => each.step === 1);
  return facts === null || first === undefined || kind !== 0 || step !== 1 ? null : wholeOf(first.at - facts.receivedAt);
}

export const providerOf = ({ agentId }: CallAttempt, providers: Providers): string | null =>
  agentId === null ? null : (providers[agentId] ?? null);

/** Most of what is said of a call changes nothing in any figure: told without making what it counts as. */
export function countsTheSame(a: CallProjection, b: CallProjection): boolean {
  return (
    a.status === b.status &&
    a.reason === b.reason &&
    a.answered === b.answered &&
    a.startedAt === b.startedAt &&
    a.ringSeconds === b.ringSeconds &&
    a.durationSeconds === b.durationSeconds &&
    a.test === b.test &&
    a.ruleId === b.ruleId &&
    a.groupId === b.groupId &&
    (a.endedAt === null) === (b.endedAt === null) &&
    (a.fallbackUsed === null) === (b.fallbackUsed === null) &&
    decisionMsOf(a) === decisionMsOf(b) &&
    sameDials(a.attempts, b.attempts)
  );
}

const sameDials = (a: CallAttempt[], b: CallAttempt[]): boolean =>
  a.length === b.length && a.every(({ agentId, result }, index) => agentId === b[index]?.agentId && result === b[index].result);

export const countedCall = (call: CallProjection, startedAt: Date, providers: Providers): CountedCall => ({
  startedAtMs: startedAt.getTime(),
  test: call.test,
  status: call.status,
  reason: call.reason,
  answered: call.answered,
  isOver: call.endedAt !== null,
  fallbackUsed: call.fallbackUsed !== null,
  ruleId: call.ruleId,
  groupId: call.groupId,
  decisionMs: decisionMsOf(call),
  ringSeconds: wholeOf(call.ringSeconds),
  durationSeconds: wholeOf(call.durationSeconds),
  attempts: call.attempts.map((attempt) => ({
    agentId: attempt.agentId,
    provider: providerOf(attempt, providers),
    result: attempt.result,
  })),
});
