/** What a claim is asked and what it answers: one Lua script, one round trip, everything or nothing. */
import type { ChainLink, Decision } from "./decision.ts";
import type { Evidence } from "./evidence.ts";
import type { AgentId, CallId, RuleId, TenantId } from "./ids.ts";
import type { CallFacts, EndedAttempt, WebhookFacts } from "./journal-event.ts";
import type { Reason } from "./reason.ts";

export type ClaimRequest = {
  tenantId: TenantId;
  callId: CallId;
  /** 1 for a call's first request; n + 1 for the result of step n's dial. */
  step: number;
  /** The compiled plan's version: newer group configurations replace older ones in Redis, never the other way. */
  planVersion: number;
  tenantCapacity: number | null;
  /** The window lengths in use in this tenant, hours, ascending, at most three. */
  windowHoursInUse: number[];
  /** With `test`: decided as any other call, but it leases and counts nothing, and what its dials come to says nothing of an agent. */
  facts: CallFacts;
  webhook: WebhookFacts;
  /** The dial that just ended, its lease to be released and its agent's health judged; null at step 1. */
  ended: EndedAttempt | null;
  /** Applied as final evidence when this step's decision dials nothing further; null at step 1. */
  endedEvidence: Evidence | null;
  /** Agents this call has tried, from the signed URL; the script adds what it remembers itself. */
  tried: AgentId[];
  /**
   * The chain from `firstLink` on: `chain[0]` is link `firstLink` of the whole, links before it are spent and not sent. Empty of
   * targets: the first end link is the decision.
   */
  chain: ChainLink[];
  firstLink: number;
  /** Of the target at `firstLink`: attempts already made in it and when its first one began (Redis's clock, ms). */
  progress: { attempts: number; startedAt: number | null };
  /** The reason already known (an earlier step's first target), which stays; null when this step finds it. */
  reason: Reason | null;
  /** Of an outbound call, at every step: a first step that would be one too many is refused. Absent for every other call. */
  outboundCaps?: OutboundCaps | null | undefined;
  /** A call that is on the line already begins to go out with this step: its caps are asked as at a first one. */
  goesOut?: true;
};

/** New outbound calls, at the same time and in any sixty seconds; null no limit, 0 none. */
export type OutboundCaps = { maxConcurrent: number | null; maxPerMinute: number | null };

export type ClaimOutcome =
  | {
      kind: "decided";
      decision: Decision;
      /** The same (call, step) was decided before: this is that decision, and nothing was counted. */
      repeat: boolean;
      /** When it was first decided (Redis's clock, ms); the same for every repeat, so that a signed expiry can be. */
      decidedAt: number;
      /** When the step's target had its first attempt, for the next step's `progress` (Redis's clock, ms). */
      targetStartedAt: number | null;
      /** The rule that the step was decided by: of a repeat that of the first answer, whatever operators have changed since. */
      ruleId: RuleId | null;
    }
  /** The partition's epoch key is missing (Redis was wiped): the caller decides locally until the rebuild has set it. */
  | { kind: "no_epoch" };
