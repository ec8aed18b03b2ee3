/** Turns journal entries into live events, with the names that the tenant's plan knows. */
import { type LiveNames, liveEventOf } from "@switchboard/api/live-event";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import type { TenantId } from "@switchboard/routing/ids";
import type { JournalEntry, JournalEvent } from "@switchboard/routing/journal-event";
import { createToldCalls } from "./told-calls.ts";

const callsRemembered = 20_000;

const nothingSeen = { started: false, wasConnected: false, ended: false };

const callIdOf = (event: JournalEvent): string | null => ("callId" in event ? event.callId : null);

export const createTell = (namesOf: (tenant: TenantId) => LiveNames) => {
  const told = createToldCalls(callsRemembered);
  return (entry: JournalEntry): LiveEvent | null => {
    const callId = callIdOf(entry.event);
    const seen = callId === null ? nothingSeen : told.before(callId, entry.id);
    const event = liveEventOf(entry, namesOf(entry.event.tenantId), seen);
    if (event !== null) told.remember(event);
    return event;
  };
};

export type Tell = ReturnType<typeof createTell>;
