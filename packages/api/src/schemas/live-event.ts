/** What `live.events` takes and sends: every event with the journal's id, so that a client can resume after it. */
import type { AgentHealth, RuleEdit } from "@switchboard/routing/journal-event";
import { z } from "zod";
import type { LiveCall } from "./live-call.ts";

/** A journal id (`milliseconds-sequence`), as Redis writes it. */
export const journalId = z.string().regex(/^\d{1,16}-\d{1,16}$/, "Not an event id.");

export const liveEventsInput = z.strictObject({ lastEventId: journalId.nullish() }).optional();

/** Fields that changed; merged by `callId` into what the client already has. */
export type LivePatch = { callId: string } & Partial<Omit<LiveCall, "id">>;

export type StartedCall = { callId: string } & Omit<LiveCall, "id">;

/** An operator's switch, or what its calls' outcomes make of it. */
export type AgentStatus = AgentHealth | "enabled" | "disabled";

export type AgentStatusChange = { agentId: string; from: AgentStatus; to: AgentStatus; cause: string };

/** `version`: the rule's own, so that whoever shows an older one reads it anew; of a removed one the last. */
export type RuleChange = { ruleId: string; kind: "inbound" | "outbound"; change: RuleEdit; version: number };

export type LiveChange =
  | { type: "call.started"; data: StartedCall }
  | { type: "call.updated"; data: LivePatch }
  | { type: "call.ended"; data: LivePatch }
  | { type: "agent.status_changed"; data: AgentStatusChange }
  | { type: "routing_rule.updated"; data: RuleChange };

/** `id`: the journal's; `at`: ISO 8601, when it was journaled. */
export type LiveEvent = { id: string; at: string } & LiveChange;
