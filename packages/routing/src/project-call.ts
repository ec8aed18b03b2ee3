/** What a call record says, derived from what the fold has kept. */
import type { CallAttempt, CallMemory, CallProjection, StepMemory } from "./call-projection.ts";
import { type Evidence, isFinal, openEvidence, statusOf, strongest } from "./evidence.ts";
import type { GroupId, TargetId } from "./ids.ts";
import type { CallFacts } from "./journal-event.ts";

const isGroup = (id: TargetId): id is GroupId => id.startsWith("grp_");

/** Steps whose answer was given; a claim's that was taken back is none. */
const givenSteps = ({ steps, superseded }: CallMemory): StepMemory[] =>
  steps.filter(({ step, degraded, decision }) => {
    if (degraded || decision.kind !== "agent") return true;
    return !superseded.some((lost) => lost.step === step && lost.agentId === decision.agentId);
  });

const evidenceOf = (memory: CallMemory, steps: StepMemory[]): Evidence => {
  let evidence = memory.reported ?? openEvidence("initiated");
  for (const step of steps) evidence = strongest(evidence, step.evidence ?? openEvidence("routing"));
  return evidence;
};

const attemptOf = ({ step, at, decision }: StepMemory): CallAttempt | null => {
  const open = { step, targetId: null, agentId: null, trunk: null, result: null, startedAt: at, endedAt: null };
  switch (decision.kind) {
    case "agent":
      return { ...open, kind: "agent", targetId: decision.targetId, agentId: decision.agentId };
    case "number":
      return { ...open, kind: "number", trunk: decision.trunk };
    case "sip":
      return { ...open, kind: "sip" };
    case "message":
    case "reject":
    case "hangup":
      return null;
  }
};

/** Each attempt with the result that the next step brought. */
const attemptsOf = (steps: StepMemory[]): CallAttempt[] =>
  steps.flatMap((step) => {
    const attempt = attemptOf(step);
    if (attempt === null) return [];
    const after = steps.find(({ ended }) => ended?.step === step.step);
    return [after?.ended ? { ...attempt, result: after.ended.result, endedAt: after.at } : attempt];
  });

const wasAnswered = (memory: CallMemory, steps: StepMemory[], evidence: Evidence): boolean => {
  const dialAnswered = steps.some(({ ended }) => ended?.result === "completed");
  if (evidence.source === 4 && evidence.state !== "completed") return false;
  if (dialAnswered) return true;
  const last = steps.at(-1);
  const someoneCouldAnswer = last === undefined || attemptOf(last) !== null;
  return someoneCouldAnswer && (memory.wasConnected || evidence.state === "connected" || evidence.state === "completed");
};

const secondsBetween = (from: number | null, to: number | null): number | null =>
  from === null || to === null ? null : Math.max(0, Math.round((to - from) / 1_000));

const timesOf = (facts: CallFacts | null, memory: CallMemory, evidence: Evidence, answered: boolean) => {
  const { cdr } = memory;
  const startedAt = facts?.receivedAt ?? null;
  const end = cdr?.endedAt ?? cdr?.occurredAt ?? memory.endedAt ?? evidence.at;
  const endedAt = isFinal(evidence) ? end : null;
  const billedFrom = cdr?.billSeconds && endedAt !== null ? endedAt - cdr.billSeconds * 1_000 : null;
  const answer = cdr?.answeredAt ?? memory.answeredAt ?? billedFrom ?? memory.connectedAt;
  const answeredAt = answered ? answer : null;
  return {
    startedAt,
    answeredAt,
    endedAt,
    ringSeconds: secondsBetween(startedAt, answered ? answeredAt : endedAt),
    durationSeconds: cdr?.billSeconds ?? secondsBetween(answeredAt, endedAt),
  };
};

/** The last attempt of a call that has ended without the platform bringing its result. */
const closeLast = (attempts: CallAttempt[], call: Pick<CallProjection, "evidence" | "answered" | "status" | "endedAt">): CallAttempt[] => {
  const last = attempts.at(-1);
  if (last === undefined || last.result !== null || !isFinal(call.evidence)) return attempts;
  const { status } = call;
  const result = call.answered ? "completed" : status === "queued" || status === "ringing" || status === "in-progress" ? null : status;
  return [...attempts.slice(0, -1), { ...last, result, endedAt: call.endedAt }];
};

/** Of the agent who answered or was tried last; of a call for which nobody could be asked, the group that had nobody. */
const groupOf = (facts: CallFacts | null, blamed: CallAttempt | undefined): GroupId | null => {
  if (blamed === undefined) return facts?.groupId ?? null;
  return blamed.targetId !== null && isGroup(blamed.targetId) ? blamed.targetId : null;
};

export const projectCall = (facts: CallFacts | null, memory: CallMemory): CallProjection => {
  const steps = givenSteps(memory);
  const evidence = evidenceOf(memory, steps);
  const answered = wasAnswered(memory, steps, evidence);
  const status = statusOf(evidence.state, answered || memory.wasConnected);
  const times = timesOf(facts, memory, evidence, answered);
  const attempts = closeLast(attemptsOf(steps), { evidence, answered, status, endedAt: times.endedAt });
  const agentAttempts = attempts.filter(({ agentId }) => agentId !== null);
  const blamed = agentAttempts.find(({ result }) => result === "completed") ?? agentAttempts.at(-1);
  const decided = steps.at(-1)?.decision.reason ?? null;
  const callerGone = decided === "matched" && evidence.state === "canceled" && !answered;
  return {
    facts,
    evidence,
    state: evidence.state,
    status,
    answered,
    ...times,
    reason: callerGone ? "caller_gone" : decided,
    fallbackUsed: steps.findLast(({ decision }) => decision.fallback !== null)?.decision.fallback ?? null,
    degraded: steps.some((step) => step.degraded),
    test: facts?.test === true,
    ruleId: facts?.ruleId ?? null,
    groupId: groupOf(facts, blamed),
    agentId: blamed?.agentId ?? null,
    attempts,
    memory,
  };
};
