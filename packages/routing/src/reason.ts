/** The one reason every call ends with; the words for people are in `reason-text.ts`. */
export const reasons = [
  "matched",
  "no_rule",
  "no_members",
  "none_eligible",
  "all_at_capacity",
  "tenant_at_capacity",
  "attempts_exhausted",
  "time_budget",
  "no_result",
  "caller_gone",
  "denied",
  "outbound_limit",
  "trunks_exhausted",
  "engine_error",
] as const;

export type Reason = (typeof reasons)[number];
