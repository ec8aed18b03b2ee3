/** A call as the figures count it, from what the recorder has folded: the same values as its row gets. */
import type { CallProjection } from "@switchboard/routing/call-projection";
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

export const countedCall = (call: CallProjection, startedAt: Date): CountedCall => ({
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
  attempts: call.attempts.map(({ agentId, result }) => ({ agentId, provider: null, result })),
});
