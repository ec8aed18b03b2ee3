/** Test support: what the pure model and the real scripts have in common, so that one table of cases runs on both. */
import type { ClaimOutcome, ClaimRequest } from "@switchboard/routing/claim";
import type { Decision } from "@switchboard/routing/decision";
import type { Evidence } from "@switchboard/routing/evidence";
import type { AgentId, CallId, TenantId } from "@switchboard/routing/ids";
import type { AgentHealth } from "@switchboard/routing/journal-event";

export type Figures = { activeCalls: number; health: AgentHealth; callsInWindow: number };

/** Time is a parameter everywhere, milliseconds since the epoch. */
export type Engine = {
  claim(request: ClaimRequest, nowMs: number): Promise<ClaimOutcome>;
  report(tenantId: TenantId, callId: CallId, evidence: Evidence, nowMs: number): Promise<void>;
  sweep(tenantId: TenantId, nowMs: number): Promise<void>;
  /** Of the agents given; `leases` of the whole tenant. */
  figures(
    tenantId: TenantId,
    agentIds: readonly AgentId[],
    nowMs: number,
  ): Promise<{ agents: Map<AgentId, Figures>; leases: number; live: CallId[] }>;
};

export type Case = { name: string; run: (engine: Engine) => Promise<void> };

export async function decide(engine: Engine, request: ClaimRequest, nowMs: number): Promise<Decision> {
  const outcome = await engine.claim(request, nowMs);
  if (outcome.kind !== "decided") throw new Error(`claim answered ${outcome.kind}`);
  return outcome.decision;
}

/** The agent that takes the call; null when none does. */
export async function agentFor(engine: Engine, request: ClaimRequest, nowMs: number): Promise<AgentId | null> {
  const decision = await decide(engine, request, nowMs);
  return decision.kind === "agent" ? decision.agentId : null;
}
