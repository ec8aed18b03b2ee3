/** What was found about a rule, in words for the person who reads them. */
import type { InboundFinding, OutboundFinding } from "@switchboard/routing/rule-findings";
import type { Actor } from "./actor.ts";
import type { Warning } from "./schemas/warning.ts";
import { patternFor } from "./who-may-see.ts";

type Named = { pattern: string } | { prefix: string | null; callerIdPrefix: string | null };

const nameOf = (actor: Actor, rule: Named): string =>
  `“${patternFor(actor, "pattern" in rule ? rule.pattern : (rule.prefix ?? rule.callerIdPrefix ?? ""))}”`;

export const warningOf = (actor: Actor, finding: InboundFinding | OutboundFinding): Warning => {
  switch (finding.kind) {
    case "shadowed": {
      const { by } = finding;
      const message = `The rule ${nameOf(actor, by)} is tried first, at priority ${by.priority}, and takes every call that this one would.`;
      return { code: "shadowed", message, ruleId: by.id };
    }
    case "duplicate": {
      const { of, decides } = finding;
      const who = decides ? "This one is tried first: the other never decides." : "The other is tried first: this one never decides.";
      return { code: "duplicate", message: `The rule ${nameOf(actor, of)} is about the same numbers and callers. ${who}`, ruleId: of.id };
    }
    case "target_disabled":
      return { code: "target_disabled", message: `The agent “${finding.name}” is disabled: calls go to the fallback.` };
    case "empty_group": {
      const why = finding.hasMembers ? "has no member who is enabled" : "has no members";
      return { code: "empty_group", message: `The group “${finding.name}” ${why}: calls go to the fallback.` };
    }
  }
};
