/** The resolver: a plan and a call in, the route out. The live door and everything that predicts it use this and nothing else. */
import type { ChainLink, Direction, Route } from "./decision.ts";
import { inboundChain, outboundChain, targetGroup } from "./fallback-chain.ts";
import type { RuleId } from "./ids.ts";
import { normaliseNumber } from "./number.ts";
import { findOutboundRule } from "./outbound-index.ts";
import { valuesFor } from "./pattern-map.ts";
import type { Plan } from "./plan.ts";
import type { CompiledGroup, InboundRuleConfig } from "./plan-source.ts";
import { findInboundRule } from "./rule-index.ts";

export type RoutedCall = { from: string; to: string; direction: Direction };

const chainOf = (plan: Plan, rule: InboundRuleConfig, target: CompiledGroup | null): ChainLink[] => {
  const known = plan.chains.get(rule.id);
  if (known) return known;
  const chain = inboundChain(plan, target, rule.fallback);
  plan.chains.set(rule.id, chain);
  return chain;
};

const routeInbound = (plan: Plan, call: RoutedCall, keptRule: RuleId | null | undefined): Route => {
  const { country } = plan.tenant;
  const kept = keptRule ? plan.inbound.rules.get(keptRule) : undefined;
  const rule =
    keptRule === null
      ? null
      : (kept ?? findInboundRule(plan.inbound, normaliseNumber(call.from, country), normaliseNumber(call.to, country)));
  if (rule === null) return { direction: "inbound", rule: null, reason: "no_rule", chain: inboundChain(plan, null, null) };
  const target = targetGroup(plan, rule.target);
  return {
    direction: "inbound",
    rule: { id: rule.id, pattern: rule.pattern },
    reason: target === null ? "no_members" : "matched",
    chain: chainOf(plan, rule, target),
  };
};

const rejected: ChainLink = { kind: "reject", rejectAs: "rejected", fallback: null };

const routeOutbound = (plan: Plan, call: RoutedCall, keptRule: RuleId | null | undefined): Route => {
  const { country } = plan.tenant;
  const to = normaliseNumber(call.to, country);
  if (valuesFor(plan.denied, to).length > 0) return { direction: "outbound", rule: null, reason: "denied", chain: [rejected] };
  const kept = keptRule ? plan.outbound.rules.get(keptRule) : undefined;
  const rule = keptRule === null ? null : (kept ?? findOutboundRule(plan.outbound, normaliseNumber(call.from, country), to));
  if (rule === null) {
    return { direction: "outbound", rule: null, reason: "no_rule", chain: [rejected] };
  }
  const pattern = rule.prefix ?? rule.callerIdPrefix ?? "";
  const reason = rule.trunkConfig.trunks.length === 0 ? "trunks_exhausted" : "matched";
  return { direction: "outbound", rule: { id: rule.id, pattern }, reason, chain: outboundChain(to.value, rule.trunkConfig) };
};

/**
 * Where a call goes and in which order. `keptRule` is the rule that an earlier step of the same call matched (null: none did),
 * so that an edit in between moves no call; a rule deleted since is looked for anew.
 */
export const routeCall = (plan: Plan, call: RoutedCall, keptRule?: RuleId | null): Route =>
  call.direction === "outbound" ? routeOutbound(plan, call, keptRule) : routeInbound(plan, call, keptRule);
