/** What would be decided of a call that came now, by whoever would decide it, without deciding it. */
import type { SimulateClaim } from "@switchboard/execution/simulate";
import type { ClaimRequest } from "@switchboard/routing/claim";
import type { AgentId } from "@switchboard/routing/ids";
import type { AgentHealth } from "@switchboard/routing/journal-event";
import { decideLocally } from "@switchboard/routing/local-choice";
import { explainMembers } from "@switchboard/routing/member-standing";
import type { CompiledGroup, CompiledMember } from "@switchboard/routing/plan-source";
import type { Logger } from "../logger.ts";
import type { Decided } from "../webhook/render-answer.ts";
import type { Breaker } from "./breaker.ts";

/** Somebody who is asked for the call; `why` null when it could take it. */
export type ForeseenMember = {
  targetId: string;
  agentId: AgentId;
  why: string | null;
  activeCalls: number;
  capacity: number | null;
  callsInWindow: number;
  startCredit: number;
  health: AgentHealth | "unknown";
};

export type Foreseen = { decided: Decided; members: ForeseenMember[] };

export type ForeseeDeps = {
  simulate: SimulateClaim;
  breaker: Pick<Breaker, "closed">;
  /** This process's own leases, taken while Redis was away. */
  ownActive: (agentId: AgentId) => number;
  now: () => number;
  logger: Logger;
};

/** The agent's cap and the one within the group, whichever is reached first. */
const narrower = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.min(one, other);

const whyNotLocally = ({ enabled, agentCapacity, memberCapacity }: CompiledMember, active: number): string | null => {
  if (!enabled) return "disabled";
  const capacity = narrower(agentCapacity, memberCapacity);
  return capacity !== null && active >= capacity ? `at its capacity: ${active} of ${capacity} calls` : null;
};

export const createForesee = ({ simulate, breaker, ownActive, now, logger }: ForeseeDeps) => {
  const localMembers = ({ id, members }: CompiledGroup): ForeseenMember[] =>
    members.map((member) => {
      const activeCalls = ownActive(member.agentId);
      const { agentId, agentCapacity: capacity } = member;
      const why = whyNotLocally(member, activeCalls);
      return { targetId: id, agentId, why, activeCalls, capacity, callsInWindow: 0, startCredit: 0, health: "unknown" };
    });

  const locally = (request: ClaimRequest): Foreseen => {
    const decidedAt = now();
    const decision = decideLocally(request, ownActive, decidedAt);
    const asked = request.chain.slice(0, decision.link + 1).flatMap((link) => (link.kind === "target" ? [link.group] : []));
    const targetStartedAt = decision.kind === "agent" ? decidedAt : null;
    const { ruleId } = request.facts;
    return { decided: { decision, decidedAt, targetStartedAt, ruleId, degraded: true }, members: asked.flatMap(localMembers) };
  };

  return async (request: ClaimRequest): Promise<Foreseen> => {
    if (!breaker.closed()) return locally(request);
    const simulated = await simulate(request).catch((error: unknown) => {
      logger.warn({ event: "simulation_failed", err: error });
      return null;
    });
    if (!simulated) return locally(request);
    const { tenant, targets, ...decided } = simulated;
    const members = targets.flatMap(({ targetId, members: standings }) =>
      explainMembers(standings, { tenant, nowMs: decided.decidedAt }).map(({ standing, why }): ForeseenMember => {
        const { agentId, agentActive: activeCalls, agentCapacity: capacity, callsInWindow, startCredit, health } = standing;
        return { targetId, agentId, why, activeCalls, capacity, callsInWindow, startCredit, health };
      }),
    );
    return { decided: { ...decided, ruleId: request.facts.ruleId, degraded: false }, members };
  };
};

export type Foresee = ReturnType<typeof createForesee>;
