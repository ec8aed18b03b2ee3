/** What a plan says of a call (a route) and what became of it at one step (a decision). */
import type { AgentId, RuleId, TargetId } from "./ids.ts";
import type { CompiledGroup, Fallback, RejectReason } from "./plan-source.ts";
import type { Reason } from "./reason.ts";

/** `subscriber` alone uses outbound rules (a call that we started carries a URL of ours; every other word is inbound). */
export type Direction = "inbound" | "outbound";

/**
 * One place a call may go, in the order tried. A chain is zero or more `target` links (each claimed in Redis), then one or
 * more others (each taken as it stands). `fallback` is the configured fallback that brought the link in; null for what the
 * rule itself names and for the built-in end.
 */
export type ChainLink = { fallback: Fallback } & ({ kind: "target"; group: CompiledGroup } | EndLink);

/** A link that needs no claim. Plain data, so that it can be kept with the decision and rendered again. */
export type EndLink =
  | { kind: "number"; number: string; trunk: string | null; callerId: string | null; timeoutSeconds: number; timeLimitSeconds: number }
  | { kind: "sip"; uri: string; timeoutSeconds: number; timeLimitSeconds: number }
  | { kind: "message"; text: string; language: string | null }
  /** Not `reason`: a decision has one of its own. */
  | { kind: "reject"; rejectAs: RejectReason }
  | { kind: "hangup" }
  /** Reject as busy when every target was full, else hang up. */
  | { kind: "built_in" };

export type Route = {
  direction: Direction;
  rule: { id: RuleId; pattern: string } | null;
  /** Why the chain holds no target of the rule at all (`no_rule`, `no_members` …); `matched` when it does. */
  reason: Reason;
  chain: ChainLink[];
};

/** What was decided at one step of a call; kept for repeats (never as CXML, which can hold credentials). */
export type Decision = {
  /** Index of the link in the chain that took the call. */
  link: number;
  /** Why the first target did not take it, or `matched`. */
  reason: Reason;
  fallback: Fallback;
} & (
  | {
      kind: "agent";
      targetId: TargetId;
      agentId: AgentId;
      /** 1 for the first attempt in this target. */
      attempt: number;
      timeoutSeconds: number;
      timeLimitSeconds: number;
    }
  | Exclude<EndLink, { kind: "built_in" }>
);
