/** Brings decisions that a process took by itself back into Redis, exactly once by (call, step). */
import type { ClaimRequest } from "@switchboard/routing/claim";
import type { Decision } from "@switchboard/routing/decision";
import { endedArguments, evidenceArgument, jsonMembers, sipIdsArgument } from "./arguments.ts";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { type AdoptKind, adoptReply } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("supersede");

export type LocalDecision = Pick<ClaimRequest, "tenantId" | "callId" | "step" | "facts" | "webhook" | "ended" | "endedEvidence"> & {
  decision: Decision;
  /** When it was taken, milliseconds since the epoch. */
  at: number;
};

export type AdoptLocalDecision = (local: LocalDecision) => Promise<{ kind: AdoptKind }>;

/** A claim that had run with another agent is released and un-counted. Throws when Redis does not answer; safe to send again. */
export function createAdoptLocalDecision(redis: RedisClient, clock?: TestClock): AdoptLocalDecision {
  return async (local) => {
    const { tenantId, callId, step, facts, webhook, ended, decision } = local;
    const reply = await runScript(redis, script, tenantScriptKeys(tenantId), [
      clockArgument(clock),
      tenantId,
      callId,
      step,
      JSON.stringify(facts),
      jsonMembers({ type: "step", callId, step, ended, webhook }),
      ...endedArguments(ended),
      evidenceArgument(local.endedEvidence),
      JSON.stringify(decision),
      ...(decision.kind === "agent" ? [decision.agentId, decision.targetId] : ["", ""]),
      ...dialLimits(decision),
      Math.trunc(local.at),
      sipIdsArgument(facts.sipCallIds),
    ]);
    return { kind: adoptReply(reply) };
  };
}

/** Ring and talk limit in seconds; 0 when nothing is dialled. */
export function dialLimits(decision: Decision): [number, number] {
  switch (decision.kind) {
    case "agent":
    case "number":
    case "sip":
      return [decision.timeoutSeconds, decision.timeLimitSeconds];
    case "message":
    case "reject":
    case "hangup":
      return [0, 0];
  }
}
