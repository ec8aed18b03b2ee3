/**
 * What the journal holds: everything that happened to calls and agents, in order per tenant. The recorder folds it into
 * MySQL, the hub shows it to consoles; the entry's stream id is the event id that a console resumes from.
 */
import type { Decision, Direction } from "./decision.ts";
import type { Evidence } from "./evidence.ts";
import type { AgentId, CallId, GroupId, RuleId, TargetId, TenantId } from "./ids.ts";
import type { NamedPlace } from "./named-place.ts";

export type AgentHealth = "healthy" | "ejected" | "probing" | "ramping";

export type CallAction = "hung_up" | "moved" | "started";

export type RuleEdit = "created" | "updated" | "deleted";

/** The verdict on a dial, after the vendor's words were read. */
export type DialResult = "completed" | "busy" | "no-answer" | "failed" | "canceled" | "unknown";

/** What is known of a call from its first request on; texts cut to 255 characters. */
export type CallFacts = {
  session: string;
  direction: Direction;
  from: string;
  to: string;
  /** SIP Call-IDs, at most 8: a CDR without a session is matched by them. */
  sipCallIds: string[];
  ruleId: RuleId | null;
  /** The group that the rule names, of a first request: where nobody in it could be asked, no decision names it. */
  groupId?: GroupId;
  /** When the first request arrived, milliseconds since the epoch. */
  receivedAt: number;
  /** A call that somebody tried the configuration with: it takes nothing from real ones and counts nowhere. */
  test?: true;
};

/** The allow-list of a webhook's fields that the audit keeps; nothing else of a body is stored. */
export type WebhookFacts = {
  kind: "voice" | "dial_result" | "session_update" | "cdr";
  receivedAt: number;
  fields: Record<string, string | number | null>;
};

/** The attempt that a dial result ended. */
export type EndedAttempt = {
  step: number;
  targetId: TargetId | null;
  agentId: AgentId | null;
  trunk: string | null;
  result: DialResult;
};

/** What a session update or a CDR says, once the vendor's words were read. Times in milliseconds since the epoch. */
export type CallReport = {
  source: "session_update" | "cdr";
  /** The vendor's own word, cut to 64 characters; for the timeline. */
  word: string;
  /** Null: timeline only (an unknown word, a leg's end). */
  evidence: Evidence | null;
  /** Same event, same text: `eventId`, else a hash of (token, status, modifiedAt), of a CDR its whole meaning. */
  dedupe: string;
  occurredAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  billSeconds: number | null;
};

/** How far the call had come before the event: with it every reader tells the event alike, wherever it begins to read. */
export type CallWas = "unknown" | "open" | "talking" | "over" | "talked";

type Common = { tenantId: TenantId /** Redis's clock, milliseconds. */; at: number };

export type JournalEvent = Common &
  (
    | {
        type: "step";
        callId: CallId;
        was: CallWas;
        /** 1 is the first request, n + 1 answers the result of step n's dial. */
        step: number;
        facts: CallFacts;
        ended: EndedAttempt | null;
        decision: Decision;
        /** Final evidence, when nothing is dialled after `ended`. */
        evidence: Evidence | null;
        degraded: boolean;
        webhook: WebhookFacts;
      }
    | {
        type: "report";
        /** Null: a CDR that names no session; the recorder matches it by `sipCallId`. */
        callId: CallId | null;
        was: CallWas;
        sipCallIds: string[];
        /** First seen through this report: facts as far as it tells them. */
        facts: CallFacts | null;
        report: CallReport;
        /** Null: no webhook said so, we did. */
        webhook: WebhookFacts | null;
      }
    /** A lease or a silent call ran out; written by whoever removed it. */
    | { type: "timeout"; callId: CallId; was: CallWas; step: number; evidence: Evidence }
    /** A claim whose answer was never given, because the local path answered first: released and un-counted. */
    | { type: "superseded"; callId: CallId; step: number; agentId: AgentId }
    /** A word about a call whose lease had gone took it again. */
    | { type: "lease_retaken"; callId: CallId; step: number; agentId: AgentId }
    /** An operator acted on the call; `by` as the audit log names them. A number that it went to is in the call's facts or nowhere. */
    | {
        type: "operated";
        callId: CallId;
        was: CallWas;
        action: CallAction;
        by: string;
        to: { type: NamedPlace["type"]; id: TargetId | null } | null;
      }
    | { type: "agent_health"; agentId: AgentId; from: AgentHealth; to: AgentHealth; cause: string }
    /** An operator enabled or disabled an agent. */
    | { type: "agent_switched"; agentId: AgentId; enabled: boolean }
    /** An operator saved or removed a rule; `version` is the rule's own, of a removed one the last. */
    | { type: "rule_changed"; ruleId: RuleId; kind: "inbound" | "outbound"; change: RuleEdit; version: number }
    /** A number was erased. Told to nobody: what lies before it is trimmed behind it, also where nobody calls any more. */
    | { type: "number_erased" }
  );

/** What happened to a call, and so belongs in its record; the others are told to people who watch, and are gone. */
export type CallEvent = Exclude<JournalEvent, { type: "agent_health" | "agent_switched" | "rule_changed" | "number_erased" }>;

const aboutNoCall: ReadonlySet<JournalEvent["type"]> = new Set(["agent_health", "agent_switched", "rule_changed", "number_erased"]);

export const isAboutCall = (event: JournalEvent): event is CallEvent => !aboutNoCall.has(event.type);

/** An event as read back: `id` is the stream id (`ms-seq`). */
export type JournalEntry = { partition: number; id: string; event: JournalEvent };
