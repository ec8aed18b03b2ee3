/** What `live.events` takes and sends: every event with the journal's id, so that a client can resume after it. */
import type { AgentHealth } from "@switchboard/routing/journal-event";
import { z } from "zod";
import type { LiveCall } from "./live-call.ts";

/** A journal id (`milliseconds-sequence`), as Redis writes it. */
export const journalId = z.string().regex(/^\d{1,16}-\d{1,16}$/, "Not an event id.");

export const liveEventsInput = z.strictObject({ lastEventId: journalId.nullish() }).optional();

/** Fields that changed; merged by `callId` into what the client already has. */
export type LivePatch = { callId: string } & Partial<Omit<LiveCall, "id">>;

export type StartedCall = { callId: string } & Omit<LiveCall, "id">;

export type AgentStatusChange = { agentId: string; from: AgentHealth; to: AgentHealth; cause: string };

export type LiveChange =
  | { type: "call.started"; data: StartedCall }
  | { type: "call.updated"; data: LivePatch }
  | { type: "call.ended"; data: LivePatch }
  | { type: "agent.status_changed"; data: AgentStatusChange };

/** `id`: the journal's; `at`: ISO 8601, when it was journaled. */
export type LiveEvent = { id: string; at: string } & LiveChange;
