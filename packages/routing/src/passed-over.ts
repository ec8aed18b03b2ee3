/** Which rules a call met beside the one that took it, and in words why each did not: for people who wonder about theirs. */
import type { RoutedCall } from "./route-call.ts";
import type { RuleId } from "./ids.ts";
import { type DialNumber, normaliseNumber } from "./number.ts";
import { filedFor } from "./outbound-index.ts";
import { type DialPrefix, type Pattern, parsePattern, parsePrefix } from "./pattern.ts";
import { changeUnder, createPatternMap, type PatternMap, valuesFor } from "./pattern-map.ts";
import type { Plan } from "./plan.ts";
import type { InboundRuleConfig, OutboundRuleConfig } from "./plan-source.ts";
import type { RuleHeap } from "./rule-heap.ts";

type Rule = InboundRuleConfig | OutboundRuleConfig;
export type PassedOver = { ruleId: RuleId; why: string };

/** More than a person reads; of rules filed in one place no more are looked at either. */
const mostShown = 20;

/** A rule that the called number finds. Ranks: 0 the most specific; `caller` null where the caller does not match. */
type Placed = { rule: Rule; called: number; caller: number | null };

const rulesIn = <R extends Rule>(heap: RuleHeap<R>): R[] => (Array.isArray(heap) ? heap : [heap]);

function* everyValue<T>(map: PatternMap<T>): Generator<T> {
  for (const values of [map.exact, map.prefix, map.country]) if (values !== null) yield* values.values();
  if (map.any !== null) yield map.any;
}

const ofCallers = <R extends Rule>(callers: PatternMap<RuleHeap<R>>, from: DialNumber, called: number): Placed[] => {
  const matching = valuesFor(callers, from);
  const placed = matching.flatMap((heap, caller): Placed[] => rulesIn(heap).map((rule) => ({ rule, called, caller })));
  let others = 0;
  for (const heap of everyValue(callers)) {
    if (matching.includes(heap)) continue;
    for (const rule of rulesIn(heap).slice(0, mostShown)) placed.push({ rule, called, caller: null });
    if (++others >= mostShown) break;
  }
  return placed;
};

const alone = (rule: Rule | undefined, called: number): Placed[] => (rule === undefined ? [] : [{ rule, called, caller: 0 }]);

type Numbers = { from: DialNumber; to: DialNumber };

const numbersOf = ({ tenant: { country } }: Plan, { from, to }: RoutedCall): Numbers => ({
  from: normaliseNumber(from, country),
  to: normaliseNumber(to, country),
});

const inboundPlaced = ({ inbound }: Plan, { from, to }: Numbers): Placed[] =>
  valuesFor(inbound.byNumber, to).flatMap((filed, called): Placed[] =>
    typeof filed === "object" ? ofCallers(filed.byCaller, from, called) : alone(inbound.rules.get(filed), called),
  );

const outboundPlaced = ({ outbound }: Plan, { from, to }: Numbers): Placed[] =>
  filedFor(outbound, to).flatMap((filed, called): Placed[] =>
    typeof filed === "object" ? ofCallers(filed, from, called) : alone(outbound.rules.get(filed), called),
  );

const placedFor = (plan: Plan, call: RoutedCall): Placed[] =>
  call.direction === "outbound" ? outboundPlaced(plan, numbersOf(plan, call)) : inboundPlaced(plan, numbersOf(plan, call));

/** The enabled rules that the number finds: of all the tenant's, these alone can take the call; some, whatever the caller. */
export const rulesMet = (plan: Plan, call: RoutedCall): Rule[] => placedFor(plan, call).map(({ rule }) => rule);

const priorityFirst = (a: Placed, b: Placed): number => a.rule.priority - b.rule.priority;
const specificFirst = (a: Placed, b: Placed): number => a.called - b.called || (a.caller ?? 0) - (b.caller ?? 0);
const olderFirst = (a: Placed, b: Placed): number => a.rule.createdAt - b.rule.createdAt || (a.rule.id < b.rule.id ? -1 : 1);

/** As inbound and outbound rules are tried (routing: which rule; outbound). */
const orders = {
  inbound: (a: Placed, b: Placed): number => priorityFirst(a, b) || specificFirst(a, b) || olderFirst(a, b),
  outbound: (a: Placed, b: Placed): number => specificFirst(a, b) || priorityFirst(a, b) || olderFirst(a, b),
};

const moreSpecific = ({ rule }: Placed): string =>
  "pattern" in rule && !rule.pattern.endsWith("*") ? "a rule for exactly this number wins" : "a longer prefix wins";

const whyLater = (winner: Placed, { rule, called, caller }: Placed, direction: RoutedCall["direction"]): string => {
  const byPriority = rule.priority === winner.rule.priority ? null : `priority ${rule.priority} comes after ${winner.rule.priority}`;
  if (direction === "inbound" && byPriority !== null) return byPriority;
  if (called !== winner.called) return moreSpecific(winner);
  if (caller !== winner.caller) return "a rule that says more of the caller wins";
  return byPriority ?? "an older rule for the same calls wins";
};

export type EnabledPassedOver = { later: PassedOver[]; otherCallers: PassedOver[] };

/** Of the enabled rules that the number finds those tried after the winner, in their order, and those that are for other callers. */
export const enabledPassedOver = (plan: Plan, call: RoutedCall, winner: RuleId | null): EnabledPassedOver => {
  const placed = placedFor(plan, call);
  const matching = placed.filter(({ caller }) => caller !== null).sort(orders[call.direction]);
  const taken = matching.find(({ rule }) => rule.id === winner);
  const why = (each: Placed): string =>
    taken === undefined ? "the deny list wins over every rule" : whyLater(taken, each, call.direction);
  const later = matching.filter((each) => each !== taken).slice(0, mostShown);
  const others = placed.filter(({ caller }) => caller === null).slice(0, mostShown);
  return {
    later: later.map((each) => ({ ruleId: each.rule.id, why: why(each) })),
    otherCallers: others.map(({ rule }) => ({ ruleId: rule.id, why: "the caller does not match" })),
  };
};

const isUnder = (pattern: Pattern | DialPrefix, number: DialNumber): boolean => {
  const map = createPatternMap<true>();
  changeUnder(map, pattern, () => true);
  return valuesFor(map, number).length > 0;
};

/** Whether this rule, were it enabled, would match the number and the caller. */
const wouldMatch = (rule: Rule, { from, to }: Numbers, country: string | null): boolean => {
  if ("pattern" in rule) {
    const [called, caller] = [parsePattern(rule.pattern, country), parsePattern(rule.callerPattern ?? "*", country)];
    return called.ok && caller.ok && isUnder(called.pattern, to) && isUnder(caller.pattern, from);
  }
  const [destination, caller] = [parsePrefix(rule.prefix, country), parsePrefix(rule.callerIdPrefix, country)];
  return destination.ok && caller.ok && to.kind !== "text" && isUnder(destination.prefix, to) && isUnder(caller.prefix, from);
};

/** No index knows the disabled ones: yields after every `sliceSize` rules, so that calls get their turn in between. */
export function* disabledPassedOver(plan: Plan, call: RoutedCall, sliceSize: number): Generator<void, PassedOver[]> {
  const numbers = numbersOf(plan, call);
  const { rules } = call.direction === "outbound" ? plan.outbound : plan.inbound;
  const found: PassedOver[] = [];
  let seen = 0;
  for (const rule of rules.values()) {
    if (++seen % sliceSize === 0) yield;
    if (!rule.enabled && wouldMatch(rule, numbers, plan.tenant.country)) found.push({ ruleId: rule.id, why: "disabled" });
    if (found.length >= mostShown) break;
  }
  return found;
}
