/** What deserves a second look about a rule: found in the plan by looking under the rule's own prefixes, never by a scan. */
import type { RuleId } from "./ids.ts";
import type { DialNumber } from "./number.ts";
import { type DialPrefix, type Pattern, parsePattern, parsePrefix } from "./pattern.ts";
import { valuesFor, valueUnder } from "./pattern-map.ts";
import type { Plan } from "./plan.ts";
import type { InboundRuleConfig, OutboundRuleConfig } from "./plan-source.ts";
import type { RuleHeap } from "./rule-heap.ts";
import type { InboundIndex } from "./rule-index.ts";
import { compareOrders, inboundOrder, outboundOrder } from "./rule-order.ts";

/** `by`, `of`: the other rule. */
export type RuleFinding<Rule> =
  /** Tried earlier, the other takes every call that this one would. */
  | { kind: "shadowed"; by: Rule }
  /** The same numbers and callers; `decides`: this one is tried first, so that the other never decides. */
  | { kind: "duplicate"; of: Rule; decides: boolean };

export type TargetFinding =
  | { kind: "target_disabled"; name: string }
  /** `hasMembers`: it has, but nobody who is enabled. */
  | { kind: "empty_group"; name: string; hasMembers: boolean };

export type InboundFinding = RuleFinding<InboundRuleConfig> | TargetFinding;
export type OutboundFinding = RuleFinding<OutboundRuleConfig>;

type Side = Pattern | DialPrefix;
type Sides = { called: Side; caller: Side };

const keysOf = (side: Side): string[] => (side.kind === "exact" ? [side.key] : side.kind === "prefix" ? side.keys : []);

const isSame = (a: Side, b: Side): boolean => {
  if (a.kind === "country" || b.kind === "country") return a.kind === b.kind && "country" in a && "country" in b && a.country === b.country;
  return a.kind === b.kind && keysOf(a).join() === keysOf(b).join();
};

/** Whatever `b` matches, `a` matches. */
const covers = (a: Side, b: Side): boolean => {
  if (a.kind === "any") return true;
  if (a.kind !== "prefix") return isSame(a, b);
  const keys = keysOf(b);
  return keys.length > 0 && keys.every((key) => a.keys.some((prefix) => key.startsWith(prefix)));
};

const isSameSides = (a: Sides, b: Sides): boolean => isSame(a.called, b.called) && isSame(a.caller, b.caller);

const inboundSides = (rule: InboundRuleConfig, country: string | null): Sides | null => {
  const called = parsePattern(rule.pattern, country);
  const caller = parsePattern(rule.callerPattern ?? "*", country);
  return called.ok && caller.ok ? { called: called.pattern, caller: caller.pattern } : null;
};

const outboundSides = (rule: OutboundRuleConfig, country: string | null): Sides | null => {
  const called = parsePrefix(rule.prefix, country);
  const caller = parsePrefix(rule.callerIdPrefix, country);
  return called.ok && caller.ok ? { called: called.prefix, caller: caller.prefix } : null;
};

/** A number under which stands whatever covers this side. Of short digits the first key: under the second stand others too. */
const asNumber = (side: Side): DialNumber => {
  const [key] = keysOf(side);
  return key === undefined ? { kind: "text", value: "" } : { kind: "number", value: key };
};

/** Of rules filed in one place the first decides; the next few are looked at for one that says the very same. */
const mostInOnePlace = 8;
const someOf = <Rule>(heap: RuleHeap<Rule> | null): Rule[] =>
  heap === null ? [] : Array.isArray(heap) ? heap.slice(0, mostInOnePlace) : [heap];

type Ordered = { id: RuleId; evaluationKey: string };

/** The first of these that is not the rule itself, by the order in which they are tried. */
const firstOther = <Rule extends { id: RuleId }>(
  rules: Rule[],
  own: RuleId,
  orderOf: (rule: Rule) => Ordered,
): { rule: Rule; order: Ordered } | null =>
  rules
    .filter(({ id }) => id !== own)
    .map((rule) => ({ rule, order: orderOf(rule) }))
    .sort((a, b) => compareOrders(a.order, b.order))[0] ?? null;

/** Rules that may cover these sides, of each place the first; elsewhere than in their own place they must have a smaller priority. */
function* inboundAbove({ byNumber, rules }: InboundIndex, { called, caller }: Sides, priority: number): Generator<InboundRuleConfig> {
  const own = valueUnder(byNumber, called);
  for (const filed of valuesFor(byNumber, asNumber(called))) {
    if (typeof filed !== "object") {
      const alone = rules.get(filed);
      if (alone !== undefined && (filed === own || alone.priority < priority)) yield alone;
      continue;
    }
    const ownHeap = filed === own ? valueUnder(filed.byCaller, caller) : null;
    for (const heap of valuesFor(filed.byCaller, asNumber(caller))) {
      for (const rule of heap === ownHeap ? someOf(heap) : someOf(heap).slice(0, 1)) {
        if (heap === ownHeap || rule.priority < priority) yield rule;
      }
    }
  }
}

const overlaps = <Rule extends { id: RuleId }>(
  { rule, sides }: { rule: Rule; sides: Sides },
  others: Rule[],
  { sidesOf, orderOf }: { sidesOf: (rule: Rule) => Sides | null; orderOf: (rule: Rule) => Ordered },
): RuleFinding<Rule>[] => {
  const own = orderOf(rule);
  const covering = others.flatMap((other) => {
    const theirs = sidesOf(other);
    if (theirs === null || !covers(theirs.called, sides.called) || !covers(theirs.caller, sides.caller)) return [];
    return [{ other, isSame: isSameSides(theirs, sides) }];
  });
  const of = (same: boolean) =>
    firstOther(
      covering.flatMap((each) => (each.isSame === same ? [each.other] : [])),
      rule.id,
      orderOf,
    );
  const [shadow, duplicate] = [of(false), of(true)];
  const found: RuleFinding<Rule>[] = [];
  if (shadow !== null && compareOrders(shadow.order, own) < 0) found.push({ kind: "shadowed", by: shadow.rule });
  if (duplicate !== null) found.push({ kind: "duplicate", of: duplicate.rule, decides: compareOrders(own, duplicate.order) < 0 });
  return found;
};

const inboundOverlaps = ({ inbound, tenant: { country } }: Plan, rule: InboundRuleConfig): RuleFinding<InboundRuleConfig>[] => {
  const sides = rule.enabled ? inboundSides(rule, country) : null;
  if (sides === null) return [];
  return overlaps({ rule, sides }, [...inboundAbove(inbound, sides, rule.priority)], {
    sidesOf: (other) => inboundSides(other, country),
    orderOf: (other) => ({ id: other.id, evaluationKey: inboundOrder(other, country).evaluationKey }),
  });
};

const targetFindings = ({ agents, groups }: Plan, { target }: InboundRuleConfig): TargetFinding[] => {
  if (target.type === "voice_agent") {
    const agent = agents.get(target.id);
    return agent === undefined || agent.enabled ? [] : [{ kind: "target_disabled", name: agent.name }];
  }
  const group = groups.get(target.id);
  if (group === undefined || group.members.some((member) => member.enabled)) return [];
  return [{ kind: "empty_group", name: group.name, hasMembers: group.members.length > 0 }];
};

/** None for a rule that the plan does not know (yet). A disabled one takes no calls, so that no other is in its way. */
export const inboundFindings = (plan: Plan, id: RuleId): InboundFinding[] => {
  const rule = plan.inbound.rules.get(id);
  return rule === undefined ? [] : [...inboundOverlaps(plan, rule), ...targetFindings(plan, rule)];
};

/** A longer prefix is always tried before a shorter one, so that only a rule about the very same is ever in the way. */
export const outboundFindings = (plan: Plan, id: RuleId): OutboundFinding[] => {
  const { outbound, tenant } = plan;
  const rule = outbound.rules.get(id);
  const sides = rule?.enabled ? outboundSides(rule, tenant.country) : null;
  if (rule === undefined || sides === null) return [];
  const filed = valueUnder(outbound.byDestination, sides.called);
  const heap = typeof filed === "string" ? (outbound.rules.get(filed) ?? null) : filed && valueUnder(filed, sides.caller);
  return overlaps({ rule, sides }, someOf(heap), {
    sidesOf: (other) => outboundSides(other, tenant.country),
    orderOf: (other) => ({ id: other.id, evaluationKey: outboundOrder(other, tenant.country).evaluationKey }),
  });
};
