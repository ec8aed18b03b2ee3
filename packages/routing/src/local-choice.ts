/**
 * Decides a step without Redis: the same chain, limits and fallbacks, but nobody else's calls are known, so each process picks by
 * rendezvous hash and holds only to what it can know: who is disabled, who takes no calls, and its own leases.
 */
import type { ClaimRequest } from "./claim.ts";
import type { Decision } from "./decision.ts";
import type { AgentId } from "./ids.ts";
import type { CompiledGroup, CompiledMember } from "./plan-source.ts";
import { pickByRendezvous } from "./rendezvous.ts";
import { type Picked, walkChain } from "./walk-chain.ts";

/** Of a `priority` group the first tier with anybody free; else everybody. */
const firstTier = (group: CompiledGroup, members: CompiledMember[]): CompiledMember[] => {
  if (group.strategy !== "priority") return members;
  const first = Math.min(...members.map(({ priority }) => priority));
  return members.filter(({ priority }) => priority === first);
};

/** Nobody else's outbound calls are known here: where their number is limited none is added (outbound limits fail closed). */
const isRefused = ({ step, chain, reason, outboundCaps }: ClaimRequest): boolean => {
  if (step !== 1 || reason !== null || chain[0]?.kind !== "number" || !outboundCaps) return false;
  return outboundCaps.maxConcurrent !== null || outboundCaps.maxPerMinute !== null;
};

/** `ownActive`: how many leases this process holds on an agent. */
export const decideLocally = (request: ClaimRequest, ownActive: (agentId: AgentId) => number, nowMs: number): Decision => {
  const isFree = ({ agentId, agentCapacity, memberCapacity }: CompiledMember): boolean => {
    const active = ownActive(agentId);
    return (agentCapacity === null || active < agentCapacity) && (memberCapacity === null || active < memberCapacity);
  };
  const pick = (group: CompiledGroup): Picked => {
    const eligible = group.members.filter(({ enabled, agentId }) => enabled && !request.tried.includes(agentId));
    if (eligible.length === 0) return { kind: "none_eligible" };
    if (request.tenantCapacity === 0) return { kind: "full", by: "tenant" };
    const candidates = firstTier(group, eligible.filter(isFree)).map(({ agentId, weight }) => ({ id: agentId, weight }));
    const agentId = pickByRendezvous(request.callId, candidates);
    return agentId === null ? { kind: "full", by: "agents" } : { kind: "picked", agentId };
  };
  if (isRefused(request)) return { kind: "reject", rejectAs: "busy", link: request.firstLink, reason: "outbound_limit", fallback: null };
  return walkChain(request, nowMs, pick).decision;
};
