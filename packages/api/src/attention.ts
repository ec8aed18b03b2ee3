/** What was found to deserve attention, and how it is said to the person who reads it. */
import type { RuleId } from "@switchboard/routing/ids";
import type { InboundFinding } from "@switchboard/routing/rule-findings";
import type { Actor } from "./actor.ts";
import { warningOf } from "./rule-warnings.ts";
import type { Attention, AttentionItem } from "./schemas/attention.ts";
import { whyRefused } from "./webhook-outcome.ts";
import { patternFor } from "./who-may-see.ts";

type Named = { id: string; name: string };

/** Times are milliseconds. */
export type AttentionFound =
  | { kind: "agent_ejected" | "agent_probing"; agent: Named; cause: string; since: number; ejectedUntil: number }
  | { kind: "agent_near_capacity"; agent: Named; active: number; capacity: number }
  | { kind: "tenant_near_capacity"; active: number; capacity: number }
  | { kind: "webhooks_refused"; status: number; times: number; since: number }
  | { kind: "cloudonix_drift"; domain: string; since: number }
  | { kind: "rule_never_hit"; rule: { id: RuleId; pattern: string }; since: number }
  | { kind: "rule"; rule: { id: RuleId; pattern: string }; finding: InboundFinding };

export type AttentionFoundList = {
  found: AttentionFound[];
  hasMore: boolean;
  /** When anything of what is looked at changed last, where nothing deserves attention. */
  quietSince: number | null;
  /** The live figures did not answer. */
  delayed: boolean;
};

const iso = (at: number): string => new Date(at).toISOString();
const nothing = { agentId: null, ruleId: null, otherRuleId: null, since: null, nextTryAt: null };

const driftWords = (domain: string): string => `${domain} is set otherwise at Cloudonix: calls may go elsewhere.`;

const itemOf = (actor: Actor, found: AttentionFound): AttentionItem => {
  switch (found.kind) {
    case "agent_ejected": {
      const { kind, agent, cause, since, ejectedUntil } = found;
      const words = `“${agent.name}” gets no calls for now: ${cause}.`;
      return { ...nothing, kind, words, agentId: agent.id, since: iso(since), nextTryAt: iso(ejectedUntil) };
    }
    case "agent_probing": {
      const { kind, agent, since } = found;
      const words = `“${agent.name}” was out and gets one call at a time until two in a row go well.`;
      return { ...nothing, kind, words, agentId: agent.id, since: iso(since) };
    }
    case "agent_near_capacity": {
      const { kind, agent, active, capacity } = found;
      return { ...nothing, kind, words: `“${agent.name}” has ${active} of ${capacity} calls.`, agentId: agent.id };
    }
    case "tenant_near_capacity": {
      const { kind, active, capacity } = found;
      return { ...nothing, kind, words: `${active} of ${capacity} calls are on the line: when all are, the next ones get the fallback.` };
    }
    case "webhooks_refused": {
      const { kind, status, times, since } = found;
      const many = times === 1 ? "A webhook was" : `${times} webhooks were`;
      return { ...nothing, kind, words: `${many} refused in the last hour: ${whyRefused(status)}.`, since: iso(since) };
    }
    case "cloudonix_drift":
      return { ...nothing, kind: found.kind, words: driftWords(found.domain), since: iso(found.since) };
    case "rule_never_hit": {
      const { kind, rule, since } = found;
      const words = `No call has ever matched the rule “${patternFor(actor, rule.pattern)}”.`;
      return { ...nothing, kind, words, ruleId: rule.id, since: iso(since) };
    }
    case "rule": {
      const { rule, finding } = found;
      const { code, message, ruleId } = warningOf(actor, finding);
      const words = `The rule “${patternFor(actor, rule.pattern)}”: ${message}`;
      return { ...nothing, kind: `rule_${code}`, words, ruleId: rule.id, otherRuleId: ruleId ?? null };
    }
  }
};

export const attentionFor = (actor: Actor, { found, hasMore, quietSince, delayed }: AttentionFoundList): Attention => ({
  items: found.map((each) => itemOf(actor, each)),
  nextCursor: null,
  hasMore,
  quietSince: quietSince === null ? null : iso(quietSince),
  delayed,
});
