/** Turns journal entries into live events, with the names that the tenant's plan knows. */
import { type LiveNames, liveEventOf } from "@switchboard/api/live-event";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import type { TenantId } from "@switchboard/routing/ids";
import type { WatchedEntry } from "@switchboard/routing/watched-event";

/** The same entry is told the same by every process, live and replayed. */
export const createTell =
  (namesOf: (tenant: TenantId) => LiveNames) =>
  (entry: WatchedEntry): LiveEvent | null =>
    liveEventOf(entry, namesOf(entry.event.tenantId));

export type Tell = ReturnType<typeof createTell>;
