/** A rule as somebody needs to see it who wonders why it did or did not take a call. */
import type { SeenRule } from "@switchboard/api/schemas/simulation";
import type { RuleId } from "@switchboard/routing/ids";
import type { Plan } from "@switchboard/routing/plan";
import type { RuleTarget } from "@switchboard/routing/plan-source";
import { inboundOrder, outboundOrder } from "@switchboard/routing/rule-order";

const targetOf = (plan: Plan, target: RuleTarget): SeenRule["target"] => {
  const named = target.type === "voice_agent" ? plan.agents.get(target.id) : plan.groups.get(target.id);
  return { type: target.type, id: target.id, name: named?.name ?? "" };
};

const inPlan = (plan: Plan, id: RuleId): SeenRule | null => {
  const { country } = plan.tenant;
  const inbound = plan.inbound.rules.get(id);
  if (inbound !== undefined) {
    const { pattern, callerPattern, priority, enabled } = inbound;
    const place = inboundOrder(inbound, country).evaluationKey;
    return { called: pattern, caller: callerPattern, priority, enabled, place, target: targetOf(plan, inbound.target), trunks: [] };
  }
  const outbound = plan.outbound.rules.get(id);
  if (outbound === undefined) return null;
  const { prefix, callerIdPrefix, priority, enabled, trunkConfig } = outbound;
  const place = outboundOrder(outbound, country).evaluationKey;
  return { called: prefix, caller: callerIdPrefix, priority, enabled, place, target: null, trunks: trunkConfig.trunks };
};

/** The first of these plans that has it: a copy with a draft in it holds only what the call meets. */
export const seenRule = (plans: readonly Plan[], id: RuleId): SeenRule => {
  for (const plan of plans) {
    const seen = inPlan(plan, id);
    if (seen !== null) return seen;
  }
  return { called: null, caller: null, priority: 0, enabled: false, place: "", target: null, trunks: [] };
};
