/** The place that an operator names, as the plan knows it, and whether anybody there could take a call now. */
import { ControlError } from "@switchboard/control/control-error";
import type { SimulateClaim } from "@switchboard/execution/simulate";
import type { ClaimRequest } from "@switchboard/routing/claim";
import { agentId, groupId } from "@switchboard/routing/ids";
import type { NamedPlace } from "@switchboard/routing/named-place";
import { normaliseNumber } from "@switchboard/routing/number";
import type { Plan } from "@switchboard/routing/plan";
import type { Reason } from "@switchboard/routing/reason";
import { reasonText } from "@switchboard/routing/reason-text";
import { fromRedis } from "../live-figures.ts";

type Named = { agentId?: string | undefined; groupId?: string | undefined; number?: string | undefined };

/** Throws ControlError `rule_broken`. */
export const dialledNumber = (plan: Plan, text: string): string => {
  const number = normaliseNumber(text, plan.tenant.country);
  if (number.kind !== "number")
    throw new ControlError("rule_broken", "This is no telephone number. Write it with its country, such as +44 20 7946 0018.");
  return number.value;
};

/** Exactly one of them is given. Throws ControlError `not_found`, `rule_broken`. */
export const placeOf = (plan: Plan, named: Named): NamedPlace => {
  if (named.number !== undefined) return { type: "number", number: dialledNumber(plan, named.number) };
  if (named.groupId !== undefined) {
    const id = groupId(named.groupId);
    if (!plan.groups.has(id)) throw new ControlError("not_found", "There is no such group.");
    return { type: "agent_group", id };
  }
  const id = agentId(named.agentId ?? "");
  if (!plan.agents.has(id)) throw new ControlError("not_found", "There is no such agent.");
  return { type: "voice_agent", id };
};

const refused = (reason: Reason): ControlError => {
  const { text, advice } = reasonText(reason);
  return new ControlError("rule_broken", `Nothing was changed: ${text} ${advice}`);
};

/** Throws ControlError `rule_broken` in words when whoever is named could not take the call now, `unavailable` without Redis. */
export const requireTaker = async (
  request: ClaimRequest,
  { redisDecides, simulate }: { redisDecides: () => boolean; simulate: SimulateClaim },
): Promise<void> => {
  if (request.reason !== null) throw refused(request.reason);
  const { decision } = await fromRedis(redisDecides, () => simulate(request));
  if (decision.link > 0 || (decision.kind !== "agent" && decision.kind !== "number")) throw refused(decision.reason);
};
