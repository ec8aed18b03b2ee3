/** A simulated call as the role `user` is shown it: the numbers that the configuration holds are masked, also where they are dialled. */
import { maskNumber } from "@switchboard/routing/number";
import type { Actor } from "./actor.ts";
import type { CallDecision } from "./schemas/call-decision.ts";
import type { SeenRule, Simulation } from "./schemas/simulation.ts";
import { fallbackFor, patternFor } from "./who-may-see.ts";

const seenFor = <Rule extends SeenRule>(actor: Actor, rule: Rule): Rule => ({
  ...rule,
  called: rule.called === null ? null : patternFor(actor, rule.called),
  caller: rule.caller === null ? null : patternFor(actor, rule.caller),
});

/** Of the document the parts that a telephone number or an address is dialled with, and who is said to call. */
const cxmlFor = (actor: Actor, cxml: string): string => {
  switch (actor.role) {
    case "admin":
      return cxml;
    case "user":
      return cxml
        .replaceAll(/(<(Number|Sip)>)([^<]*)(?=<)/g, (_, opening: string, _name, dialled: string) => `${opening}${maskNumber(dialled)}`)
        .replaceAll(/( callerId=")([^"]*)(?=")/g, (_, before: string, callerId: string) => `${before}${maskNumber(callerId)}`);
  }
};

export const simulationFor = (actor: Actor, simulation: Simulation): Simulation => {
  const { rule, passedOver, fallback, cxml } = simulation;
  return {
    ...simulation,
    rule: rule && { ...seenFor(actor, rule), pattern: patternFor(actor, rule.pattern) },
    passedOver: passedOver.map((each) => seenFor(actor, each)),
    fallback: fallbackFor(actor, fallback),
    cxml: cxmlFor(actor, cxml),
  };
};

export const decisionFor = (actor: Actor, decision: CallDecision): CallDecision => ({
  ...decision,
  passedOver: decision.passedOver?.map((each) => seenFor(actor, each)) ?? null,
});
