/** How a voice agent stands: what operators decided of it, what Redis knows of it now, and when it failed last. */
import type { AgentStatus } from "@switchboard/api/schemas/agent-status";
import type { AgentOperations, AgentVerb } from "@switchboard/control/agent-operations";
import type { Agents } from "@switchboard/control/agents";
import { ControlError } from "@switchboard/control/control-error";
import type { ReadAgentFigures } from "@switchboard/execution/agent-figures";
import type { OperateAgent } from "@switchboard/execution/operate-agent";
import { type AgentId, agentId, type TargetId, type TenantId } from "@switchboard/routing/ids";
import type { Plan } from "@switchboard/routing/plan";

export type AgentFiguresDeps = { readFigures: ReadAgentFigures; operate: OperateAgent; redisDecides: () => boolean };

const away = (cause?: unknown): ControlError =>
  new ControlError("unavailable", "The live figures do not answer. Please try again in a moment.", { cause });

/** Null, a failure, or a Redis that does not decide at present: the live figures can't be had. */
const fromRedis = async <T>({ redisDecides }: AgentFiguresDeps, work: () => Promise<T | null | undefined>): Promise<T> => {
  if (!redisDecides()) throw away();
  const found = await work().catch((error: unknown) => Promise.reject(away(error)));
  if (found === null || found === undefined) throw away();
  return found;
};

/** A group that balances load counts over its own window; of several the day is the one that people expect. */
const shownWindow = ({ windowHoursInUse }: Plan): number => (windowHoursInUse.includes(24) ? 24 : (windowHoursInUse.at(-1) ?? 24));

const targetsOf = (plan: Plan, id: AgentId): TargetId[] => [
  id,
  ...[...plan.groups.values()].filter(({ members }) => members.some((member) => member.agentId === id)).map((group) => group.id),
];

/** What an operator does to an agent, done where calls are decided. Throws ControlError `unavailable`. */
export const createOperate = (deps: AgentFiguresDeps, tenantId: TenantId, plan: () => Plan | undefined) => (id: AgentId, verb: AgentVerb) =>
  fromRedis(deps, async () => {
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

export const createAgentStatus = ({ deps, tenantId, plan, agents, operations }: AgentStatusParts) => {
  /** Throws ControlError `not_found`, `unavailable`. */
  const get = async (id: string): Promise<AgentStatus> => {
    const { enabled, capacity } = await agents.get(id);
    const known = agentId(id);
    const figure = await fromRedis(deps, async () => {
      const of = plan();
      const hours = of && shownWindow(of);
      const found = of && (await deps.readFigures(tenantId, [known], of.windowHoursInUse)).get(known);
      return found && hours ? { ...found, hours } : null;
    });
    return {
      id,
      enabled,
      health: figure.health,
      cause: figure.healthChange?.cause ?? null,
      since: iso(figure.healthChange?.at ?? null),
      ejectedUntil: figure.health === "ejected" ? iso(figure.ejectedUntil) : null,
      activeCalls: figure.activeCalls,
      capacity,
      callsInWindow: figure.callsInWindow[figure.hours] ?? 0,
      windowHours: figure.hours,
      lastAssignedAt: iso(figure.lastAssignedAt),
      lastFailure: await operations.lastFailure(known),
    };
  };
  return {
    get,
    operate: async (id: string, verb: AgentVerb): Promise<AgentStatus> => {
      await operations.perform(id, verb);
      return await get(id);
    },
  };
};
