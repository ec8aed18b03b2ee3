/** Every reason in a few words, for lists; the whole sentence is in `@switchboard/routing/reason-text`. */
import type { Reason } from "@switchboard/routing/reason";

export const reasonWords: Record<Reason, string> = {
  matched: "The rule's target took it",
  no_rule: "No rule matched",
  no_members: "The group is empty",
  none_eligible: "No agent could be asked",
  all_at_capacity: "All agents were full",
  tenant_at_capacity: "The tenant was full",
  attempts_exhausted: "Every agent failed",
  time_budget: "Time ran out",
  no_result: "The platform gave no result",
  caller_gone: "The caller left",
  denied: "The destination is denied",
  outbound_limit: "Outbound limit reached",
  trunks_exhausted: "No trunk could place it",
  engine_error: "A fault of ours",
};
