/** The snapshot that consoles begin with; while the live store is away, the last one, and a word that it is late. */
import { type LiveNames, liveCallOf } from "@switchboard/api/live-event";
import type { LiveSnapshot } from "@switchboard/api/schemas/live-call";
import type { ReadLiveCalls } from "@switchboard/execution/live-calls";
import { type CallState, type Evidence, openEvidence } from "@switchboard/routing/evidence";
import type { TenantId } from "@switchboard/routing/ids";
import { placeBehind } from "./journal-id.ts";

export type LiveSnapshotsDeps = { readLiveCalls: ReadLiveCalls; namesOf: (tenant: TenantId) => LiveNames };

const tenantsRemembered = 1_000;

/** The store keeps no proof beside the state of a call that is still on the line; it needs none. */
const evidenceOf = (state: CallState): Evidence => {
  switch (state) {
    case "routing":
    case "ringing":
    case "connected":
      return openEvidence(state);
    default:
      return openEvidence("initiated");
  }
};

export const createLiveSnapshots = ({ readLiveCalls, namesOf }: LiveSnapshotsDeps) => {
  const last = new Map<TenantId, LiveSnapshot>();

  const take = async (tenant: TenantId): Promise<LiveSnapshot> => {
    const { calls, cursor } = await readLiveCalls(tenant);
    const names = namesOf(tenant);
    return {
      calls: calls.map((call) => liveCallOf({ ...call, evidence: evidenceOf(call.state) }, names)),
      cursor: placeBehind(cursor),
      delayed: false,
    };
  };

  const remember = (tenant: TenantId, snapshot: LiveSnapshot) => {
    last.delete(tenant);
    last.set(tenant, snapshot);
    const oldest = last.size > tenantsRemembered ? last.keys().next().value : undefined;
    if (oldest !== undefined) last.delete(oldest);
  };

  return async (tenant: TenantId): Promise<LiveSnapshot> => {
    try {
      const snapshot = await take(tenant);
      remember(tenant, snapshot);
      return snapshot;
    } catch {
      // The breaker's and the follower's log lines say why; here it shows as a late picture.
      return { calls: [], cursor: "0-0", ...last.get(tenant), delayed: true };
    }
  };
};
