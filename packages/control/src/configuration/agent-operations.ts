/** Voice agents in operation: what operators do to one, written down, and when it failed last. */
import { type AgentId, agentId } from "@switchboard/routing/ids";
import { type Bound, changeBesidePlan, writeAudit } from "./change.ts";
import { ControlError } from "../control-error.ts";
import { type LastFailure, readLastFailures } from "../figures/last-failures.ts";

export type AgentVerb = "eject" | "restore" | "reset_counters";

/** Does it where calls are decided; answers the health before and after. Throws ControlError `unavailable`. */
export type OperateAgent = (id: AgentId, verb: AgentVerb) => Promise<{ before: string; after: string }>;

const actions: Record<AgentVerb, string> = {
  eject: "agent.ejected",
  restore: "agent.restored",
  reset_counters: "agent.counters_reset",
};

export type AgentOperations = ReturnType<typeof createAgentOperations>;

export function createAgentOperations(bound: Bound, operate: OperateAgent) {
  const { database, tenantId } = bound;
  return {
    /** Throws ControlError `not_found`, `unavailable`: then nothing was written down. */
    perform: (id: string, verb: AgentVerb): Promise<void> =>
      changeBesidePlan(bound, async (change) => {
        const row = await change.tx.voiceAgent.findUnique({ where: { tenantId_id: { tenantId, id } }, select: { name: true } });
        if (!row) throw new ControlError("not_found", "There is no such agent.");
        // Last but for the note of it: nothing that may be tried again comes after what can't be taken back.
        const { before, after } = await operate(agentId(id), verb);
        await writeAudit(change, {
          action: actions[verb],
          targetType: "voice_agent",
          targetId: id,
          before: { name: row.name, health: before },
          after: { name: row.name, health: after },
        });
      }),
    /** Null for one that never failed. */
    lastFailure: async (id: AgentId): Promise<LastFailure | null> => (await readLastFailures(database, tenantId, [id])).get(id) ?? null,
    lastFailures: (ids: readonly AgentId[]): Promise<Map<AgentId, LastFailure>> => readLastFailures(database, tenantId, ids),
  };
}
