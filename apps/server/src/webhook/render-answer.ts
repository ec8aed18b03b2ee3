/** Turns a decision into the CXML that carries it out, with the signed URL that brings the dial's result back. */
import type { Decision } from "@switchboard/routing/decision";
import { renderDecision } from "@switchboard/routing/dial-document";
import type { AgentId, CallId, RuleId } from "@switchboard/routing/ids";
import type { Naming } from "@switchboard/routing/named-place";
import type { Plan } from "@switchboard/routing/plan";
import type { ActionSigner, DialStep } from "./action-url.ts";

/** What the steps before this one have left: an empty start at step 1. */
export type Trail = { tried: AgentId[]; unknowns: number; naming: Naming | null };

export type Decided = {
  decision: Decision;
  /** The same for each repeat of the step, so that the same bytes go out. Milliseconds since the epoch. */
  decidedAt: number;
  targetStartedAt: number | null;
  /** The rule that it was decided by; for each repeat the same. */
  ruleId: RuleId | null;
  degraded: boolean;
};

export type Answering = { plan: Plan; callId: CallId; step: number; from: string; trail: Trail; test: boolean };

/** A dial may last its whole time limit before its result comes; an hour more for clocks and queues. */
const graceSeconds = 3_600;

export type AnswerRenderer = ReturnType<typeof createAnswerRenderer>;

export const createAnswerRenderer = ({ publicUrl, signer }: { publicUrl: string; signer: Pick<ActionSigner, "sign"> }) => {
  const dialStep = (answering: Answering, decided: Decided): DialStep | null => {
    const { decision } = decided;
    if (decision.kind !== "agent" && decision.kind !== "number" && decision.kind !== "sip") return null;
    const agent = decision.kind === "agent" ? decision : null;
    const seconds = decision.timeoutSeconds + decision.timeLimitSeconds + graceSeconds;
    return {
      tenantId: answering.plan.tenant.id,
      callId: answering.callId,
      step: answering.step,
      ruleId: decided.ruleId,
      link: decision.link,
      targetId: agent?.targetId ?? null,
      agentId: agent?.agentId ?? null,
      trunk: decision.kind === "number" ? decision.trunk : null,
      attempts: agent?.attempt ?? 0,
      targetStartedAt: decided.targetStartedAt,
      tried: agent ? [...answering.trail.tried.filter((id) => id !== agent.agentId), agent.agentId] : answering.trail.tried,
      unknowns: answering.trail.unknowns,
      reason: decision.reason,
      naming: answering.trail.naming,
      expiresAt: decided.decidedAt + seconds * 1_000,
      test: answering.test,
    };
  };

  /** Null: the chosen agent is not in the plan any more, so that nothing can be dialled. */
  return (answering: Answering, decided: Decided): string | null => {
    const { decision } = decided;
    const agent = decision.kind === "agent" ? answering.plan.agents.get(decision.agentId) : null;
    if (agent === undefined) return null;
    const dial = dialStep(answering, decided);
    const actionUrl = dial === null ? null : `${publicUrl}/api/webhooks/dial-result?s=${signer.sign(dial)}`;
    return renderDecision(decision, { agent, from: answering.from, actionUrl });
  };
};
