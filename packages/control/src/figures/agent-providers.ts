/** Whose agents were dialled, as configured when the dials are recorded: an agent that moves to another provider takes no history along. */
import type { JournalEvent } from "@switchboard/routing/journal-event";
import { type Queryable, rowsOf } from "../database/sql.ts";

/** Providers by agent. */
export type Providers = Readonly<Record<string, string>>;

const mostIdsPerQuery = 500;

/** Of the agents that these events name, by tenant and agent; none for an agent that is there no more. */
export async function readProviders(connection: Queryable, events: JournalEvent[]): Promise<Map<string, string>> {
  const wanted = new Map<string, Set<string>>();
  for (const event of events) {
    // What makes no sense is found out when it is folded.
    if (event?.type !== "step" || event.decision?.kind !== "agent") continue;
    const ids = wanted.get(event.tenantId) ?? new Set();
    wanted.set(event.tenantId, ids.add(event.decision.agentId));
  }
  const sent: Promise<{ tenant_id: string; id: string; provider: string }[]>[] = [];
  for (const [tenantId, ids] of wanted) {
    const all = [...ids];
    for (let start = 0; start < all.length; start += mostIdsPerQuery) {
      const some = all.slice(start, start + mostIdsPerQuery);
      const sql = `SELECT tenant_id, id, provider FROM voice_agents WHERE tenant_id = ? AND id IN (${some.map(() => "?").join(",")})`;
      sent.push(rowsOf(connection, sql, [tenantId, ...some]));
    }
  }
  return new Map((await Promise.all(sent)).flat().map((row) => [row.tenant_id + row.id, row.provider]));
}
