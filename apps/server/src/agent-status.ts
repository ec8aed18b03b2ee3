/** How a voice agent stands: what operators decided of it, what Redis knows of it now, and when it failed last. */
import type { AgentStanding, AgentStatus } from "@switchboard/api/schemas/agent-status";
import type { AgentOperations, AgentVerb } from "@switchboard/control/agent-operations";
import type { Agents } from "@switchboard/control/agents";
import type { ReadAgentFigures } from "@switchboard/execution/agent-figures";
import type { OperateAgent } from "@switchboard/execution/operate-agent";
import { type AgentId, agentId, type TargetId, type TenantId } from "@switchboard/routing/ids";
import type { Plan } from "@switchboard/routing/plan";
import { useCountOf } from "@switchboard/routing/use-counts";
import { figuresAway, fromRedis } from "./live-figures.ts";

export type AgentFiguresDeps = { readFigures: ReadAgentFigures; operate: OperateAgent; redisDecides: () => boolean };

/** A group that balances load counts over its own window; of several the day is the one that people expect. */
const shownWindow = ({ windowHoursInUse }: Plan): number => (windowHoursInUse.includes(24) ? 24 : (windowHoursInUse.at(-1) ?? 24));

const targetsOf = (plan: Plan, id: AgentId): TargetId[] => [
  id,
  ...[...plan.groups.values()].filter(({ members }) => members.some((member) => member.agentId === id)).map((group) => group.id),
];

/** What an operator does to an agent, done where calls are decided. Throws ControlError `unavailable`. */
export const createOperate = (deps: AgentFiguresDeps, tenantId: TenantId, plan: () => Plan | undefined) => (id: AgentId, verb: AgentVerb) =>
  fromRedis(deps.redisDecides, async () => {
    const known = plan();
    return known && (await deps.operate({ tenantId, agentId: id, verb, targets: targetsOf(known, id) }));
  });

export type AgentStatusParts = {
  deps: AgentFiguresDeps;
  tenantId: TenantId;
  plan: () => Plan | undefined;
  agents: Pick<Agents, "get">;
  operations: AgentOperations;
};

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

type AgentFigure = NonNullable<ReturnType<Awaited<ReturnType<ReadAgentFigures>>["get"]>>;
type Known = { id: AgentId; enabled: boolean; capacity: number | null };

const statusOf = ({ id, enabled, capacity }: Known, figure: AgentFigure, windowHours: number): Omit<AgentStatus, "lastFailure"> => ({
  id,
  enabled,
  health: figure.health,
  cause: figure.healthChange?.cause ?? null,
  since: iso(figure.healthChange?.at ?? null),
  ejectedUntil: figure.health === "ejected" ? iso(figure.ejectedUntil) : null,
  activeCalls: figure.activeCalls,
  capacity,
  callsInWindow: figure.callsInWindow[windowHours] ?? 0,
  windowHours,
  lastAssignedAt: iso(figure.lastAssignedAt),
});

export const createAgentStatus = ({ deps, tenantId, plan, agents, operations }: AgentStatusParts) => {
  /** In one round trip. */
  const figuresOf = (ids: readonly AgentId[]) =>
    fromRedis(deps.redisDecides, async () => {
      const of = plan();
      return of && { plan: of, hours: shownWindow(of), figures: await deps.readFigures(tenantId, ids, of.windowHoursInUse) };
    });
  /** Throws ControlError `not_found`, `unavailable`. */
  const get = async (id: string): Promise<AgentStatus> => {
    const { enabled, capacity } = await agents.get(id);
    const known = agentId(id);
    const { figures, hours } = await figuresOf([known]);
    const figure = figures.get(known);
    if (figure === undefined) throw figuresAway();
    return { ...statusOf({ id: known, enabled, capacity }, figure, hours), lastFailure: await operations.lastFailure(known) };
  };
  /** Those that the plan in force knows. Throws ControlError `unavailable`. */
  const list = async (ids: readonly string[]): Promise<AgentStanding[]> => {
    const asked = [...new Set(ids.map(agentId))].filter((id) => plan()?.agents.has(id) ?? true);
    const [{ plan: of, figures, hours }, failures] = await Promise.all([figuresOf(asked), operations.lastFailures(asked)]);
    return asked.flatMap((id) => {
      const [known, figure] = [of.agents.get(id), figures.get(id)];
      if (known === undefined || figure === undefined) return [];
      return [{ ...statusOf(known, figure, hours), lastFailure: failures.get(id) ?? null, usedBy: useCountOf(of, id) }];
    });
  };
  return {
    get,
    list,
    operate: async (id: string, verb: AgentVerb): Promise<AgentStatus> => {
      await operations.perform(id, verb);
      return await get(id);
    },
  };
};
