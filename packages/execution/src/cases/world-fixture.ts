/** Test support: a tenant of its own with groups and calls, short enough to state in a case. */
import { randomBytes } from "node:crypto";
import type { ClaimOutcome, ClaimRequest } from "@switchboard/routing/claim";
import type { ChainLink } from "@switchboard/routing/decision";
import { evidenceOfDialResult, evidenceOfSessionStatus } from "@switchboard/routing/evidence";
import { type AgentId, agentId, type CallId, callId, groupId, tenantId } from "@switchboard/routing/ids";
import type { DialResult } from "@switchboard/routing/journal-event";
import type { CompiledGroup, CompiledMember, Strategy } from "@switchboard/routing/plan-source";

/** When every case begins: a whole minute. */
export const start = 1_800_000_000_000;

export const agent = (name: string): AgentId => agentId(`agt_${name.padStart(20, "0")}`);

export type MemberOptions = Partial<Omit<CompiledMember, "agentId">>;

export const member = (name: string, options: MemberOptions = {}): CompiledMember => ({
  agentId: agent(name),
  position: 0,
  priority: 1,
  weight: 1,
  memberCapacity: null,
  agentCapacity: null,
  enabled: true,
  ...options,
});

type GroupOptions = { name?: string; settings?: Partial<CompiledGroup["settings"]> };

export const group = (strategy: Strategy, members: CompiledMember[], options: GroupOptions = {}): CompiledGroup => ({
  id: groupId(`grp_${(options.name ?? "main").padStart(20, "0")}`),
  name: options.name ?? "main",
  strategy,
  settings: {
    windowHours: 24,
    newMemberStart: "level",
    ringSeconds: 20,
    maxAttempts: 3,
    maxTotalSeconds: 65,
    maxCallSeconds: 14_400,
    ...options.settings,
  },
  fallback: null,
  members,
});

export const target = (of: CompiledGroup): ChainLink => ({ kind: "target", group: of, fallback: null });
export const builtIn: ChainLink = { kind: "built_in", fallback: null };

export type RequestOptions = Partial<ClaimRequest> & { group?: CompiledGroup };

/** Evidence of a whole call's end, as a session update says it. */
export const endedCall = (word: string, at: number) => {
  const evidence = evidenceOfSessionStatus(word, at, at);
  if (!evidence) throw new Error(`${word} ends no call`);
  return evidence;
};

export function createWorld() {
  const id = tenantId(`ten_${randomBytes(10).toString("hex")}`);
  let calls = 0;

  const newCall = (): CallId => callId(`cal_${String(++calls).padStart(20, "0")}`);

  const request = ({ group: only, ...options }: RequestOptions): ClaimRequest => {
    const call = options.callId ?? newCall();
    return {
      tenantId: id,
      callId: call,
      step: 1,
      planVersion: 1,
      tenantCapacity: null,
      windowHoursInUse: [24],
      facts: {
        session: call,
        direction: "inbound",
        from: "+14155550100",
        to: "+14155550199",
        sipCallIds: [],
        ruleId: null,
        receivedAt: start,
      },
      webhook: { kind: "voice", receivedAt: start, fields: {} },
      ended: null,
      endedEvidence: null,
      tried: [],
      chain: only ? [target(only), builtIn] : [builtIn],
      firstLink: 0,
      progress: { attempts: 0, startedAt: null },
      reason: null,
      ...options,
    };
  };

  /** The next step of a call whose dial ended so. */
  const afterDial = (before: ClaimRequest, outcome: ClaimOutcome, result: DialResult, nowMs: number): ClaimRequest => {
    if (outcome.kind !== "decided" || outcome.decision.kind !== "agent") throw new Error("no agent was dialled");
    const { decision, targetStartedAt: startedAt } = outcome;
    const over = result === "completed" || result === "canceled";
    return {
      ...before,
      step: before.step + 1,
      ended: { step: before.step, targetId: decision.targetId, agentId: decision.agentId, trunk: null, result },
      endedEvidence: evidenceOfDialResult(result, nowMs),
      tried: [...before.tried, decision.agentId],
      chain: over ? [{ kind: "hangup", fallback: null }] : before.chain,
      progress: { attempts: decision.attempt, startedAt },
      // As the door asks: only why the first target did not take it is handed on.
      reason: decision.reason === "matched" ? null : decision.reason,
    };
  };

  return { tenantId: id, request, afterDial, newCall };
}

export type World = ReturnType<typeof createWorld>;
