/** What is found about a tenant's rules in the plan that decides its calls now. */
import type { RuleFindings } from "@switchboard/api/deps";
import type { Plan } from "@switchboard/routing/plan";
import { inboundFindings, outboundFindings } from "@switchboard/routing/rule-findings";

export const findingsIn = (planNow: () => Plan | undefined): RuleFindings => {
  const inPlan = <Finding>(find: (plan: Plan) => Finding[]): Finding[] => {
    const plan = planNow();
    return plan === undefined ? [] : find(plan);
  };
  return {
    inbound: (id) => inPlan((plan) => inboundFindings(plan, id)),
    outbound: (id) => inPlan((plan) => outboundFindings(plan, id)),
  };
};
