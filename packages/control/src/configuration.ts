/** Everything an operator changes, bound to one tenant and one person: an unscoped change can't be written. */
import { createAgents } from "./agents.ts";
import type { Bound } from "./change.ts";
import { createGroups } from "./groups.ts";
import { createInboundRules, createOutboundRules } from "./rules.ts";

export function forTenant(bound: Bound) {
  return {
    agents: createAgents(bound),
    groups: createGroups(bound),
    inboundRules: createInboundRules(bound),
    outboundRules: createOutboundRules(bound),
  };
}
