/** The rules that a call passed over, found without keeping other work waiting however many rules there are. */
import { setImmediate as turn } from "node:timers/promises";
import type { RuleId } from "@switchboard/routing/ids";
import { disabledPassedOver, enabledPassedOver, type PassedOver } from "@switchboard/routing/passed-over";
import type { Plan } from "@switchboard/routing/plan";
import type { RoutedCall } from "@switchboard/routing/route-call";

const rulesPerTurn = 250;
const mostShown = 20;

const disabledIn = async (plan: Plan, call: RoutedCall): Promise<PassedOver[]> => {
  const looking = disabledPassedOver(plan, call, rulesPerTurn);
  for (;;) {
    const step = looking.next();
    if (step.done) return step.value;
    await turn();
  }
};

export type Passing = {
  live: Plan;
  /** The live one, or a copy with a draft in it: then it holds only the rules that the call meets. */
  asked: Plan;
  call: RoutedCall;
  winner: RuleId | null;
};

/** Those tried later, the disabled ones, those for other callers. */
export const passedOver = async ({ live, asked, call, winner }: Passing): Promise<PassedOver[]> => {
  const enabled = enabledPassedOver(asked, call, winner);
  const drafted = asked === live ? [] : await disabledIn(asked, call);
  const isDrafted = ({ ruleId }: PassedOver): boolean =>
    asked !== live && (asked.inbound.rules.has(ruleId) || asked.outbound.rules.has(ruleId));
  const disabled = [...drafted, ...(await disabledIn(live, call)).filter((each) => !isDrafted(each))];
  return [...enabled.later, ...disabled, ...enabled.otherCallers].slice(0, mostShown);
};
