/** Voice agents in operation: what operators do to one, written down, and when it failed last. */
import { type AgentId, agentId, type CallId, callId } from "@switchboard/routing/ids";
import { type Bound, changeBesidePlan, writeAudit } from "./change.ts";
import { ControlError } from "./control-error.ts";
import { rowsOf } from "./sql.ts";

export type AgentVerb = "eject" | "restore" | "reset_counters";

/** Does it where calls are decided; answers the health before and after. Throws ControlError `unavailable`. */
export type OperateAgent = (id: AgentId, verb: AgentVerb) => Promise<{ before: string; after: string }>;

/** `at`: ISO 8601. */
export type LastFailure = { at: string; result: string; callId: CallId };

const actions: Record<AgentVerb, string> = {
  eject: "agent.ejected",
  restore: "agent.restored",
  reset_counters: "agent.counters_reset",
};

/** A failure longer ago than this many dials is no news of the agent; and the index is read no further. */
const dialsLookedAt = 1_000;

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
    /** Of its last thousand dials; null when all of those went well. */
    lastFailure: (id: AgentId): Promise<LastFailure | null> =>
      database.breaker.run(async () => {
        const [row] = await rowsOf<FailureRow>(database.pool, lastFailureSql, [tenantId, id]);
        return row ? { at: (row.ended_at ?? row.started_at).toISOString(), result: row.result, callId: callId(row.call_id) } : null;
      }),
  };
}

type FailureRow = { call_id: string; result: string; started_at: Date; ended_at: Date | null };

const lastFailureSql = `SELECT call_id, result, started_at, ended_at FROM (
    SELECT call_id, step, result, started_at, ended_at FROM call_attempts WHERE tenant_id = ? AND agent_id = ? AND test = 0
    ORDER BY started_at DESC, call_id DESC LIMIT ${dialsLookedAt}
  ) AS newest WHERE result IN ('busy', 'no-answer', 'failed', 'unknown') ORDER BY started_at DESC, call_id DESC, step DESC LIMIT 1`;
