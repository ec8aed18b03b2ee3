/** What happens as it happens: the hub that shows the journal, and the snapshot that consoles begin with. */
import { createReadArchive } from "@switchboard/control/journal-archive";
import { createJournalReader } from "@switchboard/execution/journal";
import { partitionOf, partitions } from "@switchboard/execution/keys";
import { createReadLiveCalls } from "@switchboard/execution/live-calls";
import type { TenantId } from "@switchboard/routing/ids";
import type { ApiParts } from "./compose-api.ts";
import { resumableMs } from "./jobs/archive-job.ts";
import { createHub } from "./realtime/hub.ts";
import { createLiveSnapshots } from "./realtime/live-calls.ts";
import { namesOfPlan } from "./realtime/plan-names.ts";
import { createTell } from "./realtime/tell.ts";

export const composeLive = ({ database, redis, plans, logger }: ApiParts) => {
  const namesOf = (tenant: TenantId) => namesOfPlan(plans.tenants.byId(tenant)?.plan);
  // The recorder meets the same entry, says so and keeps it.
  const onPoison = () => undefined;
  const hub = createHub({
    reader: createJournalReader({ redis: redis.hub, onPoison }),
    replays: createJournalReader({ redis: redis.jobs, onPoison }),
    archive: createReadArchive(database),
    partitions,
    partitionOf,
    tell: createTell(namesOf),
    keptMs: resumableMs,
    logger,
  });
  /** Its place in the journal is known when this resolves. Throws as `hub.subscribe` does. */
  const watch = async (tenant: TenantId, lastEventId: string | null, signal: AbortSignal) =>
    hub.subscribe(tenant, await hub.begin(tenant, lastEventId), signal);
  return { hub, watch, liveCalls: createLiveSnapshots({ readLiveCalls: createReadLiveCalls(redis.jobs), namesOf }) };
};

export type Live = ReturnType<typeof composeLive>;
