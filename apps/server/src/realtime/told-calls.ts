/** Which calls were told as started, connected and ended, and by which entry: told again in a replay, each is told the same. */
import type { SeenCall } from "@switchboard/api/live-event";
import type { LiveEvent } from "@switchboard/api/schemas/live-event";
import { compareJournalIds } from "./journal-id.ts";

type Told = { startedBy: string | null; connectedBy: string | null; endedBy: string | null };

const earlier = (known: string | null, id: string): string => (known !== null && compareJournalIds(known, id) < 0 ? known : id);
const isBefore = (known: string | null, id: string): boolean => known !== null && compareJournalIds(known, id) < 0;

/** Remembers the last `capacity` calls. */
export const createToldCalls = (capacity: number) => {
  const calls = new Map<string, Told>();

  const obtain = (callId: string): Told => {
    const known = calls.get(callId);
    if (known !== undefined) return known;
    const made: Told = { startedBy: null, connectedBy: null, endedBy: null };
    calls.set(callId, made);
    const oldest = calls.size > capacity ? calls.keys().next().value : undefined;
    if (oldest !== undefined) calls.delete(oldest);
    return made;
  };

  return {
    before: (callId: string, id: string): SeenCall => {
      const told = calls.get(callId);
      if (told === undefined) return { started: false, wasConnected: false, ended: false };
      return { started: isBefore(told.startedBy, id), wasConnected: isBefore(told.connectedBy, id), ended: isBefore(told.endedBy, id) };
    },
    remember: (event: LiveEvent) => {
      if (event.type === "agent.status_changed" || event.type === "routing_rule.updated") return;
      const told = obtain(event.data.callId);
      if (event.type === "call.started") told.startedBy = earlier(told.startedBy, event.id);
      if (event.type === "call.ended") told.endedBy = earlier(told.endedBy, event.id);
      if (event.data.state === "connected") told.connectedBy = earlier(told.connectedBy, event.id);
    },
  };
};
