/** What this process decided itself and Redis doesn't know yet: repeats get the same answer, and its own leases hold. */
import type { ClaimRequest } from "@switchboard/routing/claim";
import type { AgentId, CallId } from "@switchboard/routing/ids";
import type { Decided } from "../webhook/render-answer.ts";

const keepMs = 3_600_000;
const mostKept = 200_000;
/** An attempt's lease outlives its ringing by this much (routing rules: the dial's timeout + 100 s). */
const leaseGraceMs = 100_000;

type Kept = { decided: Decided; at: number };
type Lease = { agentId: AgentId; expiresAt: number };

export const createLocalMemory = () => {
  const decisions = new Map<string, Kept>();
  const leases = new Map<CallId, Lease>();
  const active = new Map<AgentId, number>();

  const release = (callId: CallId) => {
    const lease = leases.get(callId);
    if (!lease) return;
    leases.delete(callId);
    active.set(lease.agentId, Math.max(0, (active.get(lease.agentId) ?? 0) - 1));
  };

  const dropOld = (now: number) => {
    for (const [callId, lease] of leases) {
      if (lease.expiresAt <= now) release(callId);
    }
    // A map keeps the order of insertion: the oldest come first.
    for (const [key, kept] of decisions) {
      if (now - kept.at < keepMs && decisions.size <= mostKept) break;
      decisions.delete(key);
    }
  };

  /** A test call holds nobody. */
  const keep = (request: Pick<ClaimRequest, "callId" | "step" | "facts">, decided: Decided, now: number) => {
    dropOld(now);
    decisions.set(`${request.callId} ${request.step}`, { decided, at: now });
    release(request.callId);
    const { decision } = decided;
    if (decision.kind !== "agent" || request.facts.test) return;
    leases.set(request.callId, { agentId: decision.agentId, expiresAt: now + decision.timeoutSeconds * 1_000 + leaseGraceMs });
    active.set(decision.agentId, (active.get(decision.agentId) ?? 0) + 1);
  };

  return {
    find: (request: Pick<ClaimRequest, "callId" | "step">): Decided | null =>
      decisions.size === 0 ? null : (decisions.get(`${request.callId} ${request.step}`)?.decided ?? null),
    keep,
    /** The call's attempt has ended. */
    release,
    active: (agent: AgentId): number => active.get(agent) ?? 0,
    /** Redis knows everything now. */
    clear: () => {
      decisions.clear();
      leases.clear();
      active.clear();
    },
  };
};

export type LocalMemory = ReturnType<typeof createLocalMemory>;
