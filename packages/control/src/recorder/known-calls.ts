/** The calls that a batch touches, as they were stored and as they have become: folded in memory, written once. */
import type { CallMemory, CallProjection } from "@switchboard/routing/call-projection";
import { foldCall } from "@switchboard/routing/fold-call";
import { callId, type CallId, type TenantId, tenantId } from "@switchboard/routing/ids";
import type { CallFacts, JournalEvent } from "@switchboard/routing/journal-event";
import { projectCall } from "@switchboard/routing/project-call";
import type { Providers } from "../figures/agent-providers.ts";
import { dateOf } from "./event-rows.ts";
import { type Queryable, rowsOf } from "../database/sql.ts";

/** `providers`: those of the agents dialled, as far as known. */
type Fold = Pick<CallProjection, "facts" | "memory"> & { providers?: Providers };

export type KnownCall = {
  tenantId: TenantId;
  callId: CallId;
  /** The stored fold as text; null for a call that has no row yet. */
  stored: string | null;
  /** When it began, as stored. */
  storedStart: Date | null;
  before: CallProjection | null;
  now: CallProjection | null;
  providersBefore: Providers;
  providers: Providers;
  /** When its first event of this batch was written, for a call of which no first request is known. */
  seenAt: number;
};

export type KnownCalls = {
  /** Reads and locks the rows of these calls, those not yet here. */
  load: (connection: Queryable, refs: Iterable<{ tenantId: TenantId; callId: CallId }>) => Promise<void>;
  /** Folds an event into its call, which must have been loaded. Throws for an event that makes no sense; then nothing changed. */
  fold: (event: JournalEvent, id: CallId) => void;
  /** Remembers whose the agents dialled are, once known for good; `found` by tenant and agent. */
  nameProviders: (found: ReadonlyMap<string, string>) => void;
  all: () => KnownCall[];
};

const unknownCall = { stored: null, storedStart: null, before: null, now: null, providersBefore: {}, providers: {}, seenAt: 0 };

export function createKnownCalls(): KnownCalls {
  const calls = new Map<string, KnownCall>();

  return {
    async load(connection, refs) {
      const wanted = new Map<TenantId, Set<CallId>>();
      for (const ref of refs) {
        if (calls.has(ref.tenantId + ref.callId)) continue;
        calls.set(ref.tenantId + ref.callId, { ...ref, ...unknownCall });
        const ids = wanted.get(ref.tenantId) ?? new Set();
        wanted.set(ref.tenantId, ids.add(ref.callId));
      }
      for (const row of await readFolds(connection, wanted)) {
        const ref = { tenantId: tenantId(row.tenant_id), callId: callId(row.id) };
        const { facts, memory, providers = {} } = readFold(row.fold);
        const before = projectCall(facts, memory);
        const stored = { stored: row.fold, storedStart: row.started_at, before, providersBefore: providers };
        calls.set(ref.tenantId + ref.callId, { ...ref, ...stored, now: before, providers, seenAt: 0 });
      }
    },
    fold(event, id) {
      const call = calls.get(event.tenantId + id);
      if (!call) throw new Error(`the call ${id} was not loaded`);
      call.now = foldCall(call.now, event);
      call.seenAt = call.seenAt === 0 ? event.at : call.seenAt;
    },
    nameProviders(found) {
      for (const call of calls.values()) {
        const news = call.now?.attempts.flatMap(({ agentId }) => {
          const provider = agentId === null || call.providers[agentId] !== undefined ? undefined : found.get(call.tenantId + agentId);
          return agentId === null || provider === undefined ? [] : [[agentId, provider]];
        });
        if (news?.length) call.providers = { ...call.providers, ...Object.fromEntries(news) };
      }
    },
    all: () => [...calls.values()],
  };
}

/** When the call began; one of which no first request is known began when it was first heard of. */
export const startOf = ({ now, storedStart, seenAt }: Pick<KnownCall, "now" | "storedStart" | "seenAt">): Date =>
  dateOf(now?.startedAt ?? null) ?? storedStart ?? dateOf(seenAt) ?? new Date(0);

export function foldText({ facts, memory, providers }: Required<Fold>): string {
  return JSON.stringify(Object.keys(providers).length === 0 ? { facts, memory } : { facts, memory, providers });
}

/** Our own column, written by `foldText` and by nothing else. */
export function readFold(text: string): Fold {
  const fold: { facts: CallFacts | null; memory: CallMemory; providers?: Providers } = JSON.parse(text);
  return fold;
}

const mostIdsPerQuery = 500;

async function readFolds(connection: Queryable, wanted: Map<TenantId, Set<CallId>>) {
  const sent: Promise<{ tenant_id: string; id: string; started_at: Date; fold: string }[]>[] = [];
  for (const [tenant, ids] of wanted) {
    // In the order of the key, so that two writers of the same calls wait for each other instead of deadlocking.
    const sorted = [...ids].toSorted();
    for (let start = 0; start < sorted.length; start += mostIdsPerQuery) {
      const some = sorted.slice(start, start + mostIdsPerQuery);
      const sql = `SELECT tenant_id, id, started_at, fold FROM call_records WHERE tenant_id = ? AND id IN (${some.map(() => "?").join(",")}) ORDER BY id FOR UPDATE`;
      sent.push(rowsOf(connection, sql, [tenant, ...some]));
    }
  }
  return (await Promise.all(sent)).flat();
}
