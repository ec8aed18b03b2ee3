/** Outbound rules, compiled: longest destination prefix, then longest caller prefix, then priority, then the older. */
import type { RuleId } from "./ids.ts";
import type { DialNumber } from "./number.ts";
import { type DialPrefix, parsePrefix } from "./pattern.ts";
import { changeUnder, createPatternMap, isEmptyMap, type PatternMap, valuesFor } from "./pattern-map.ts";
import type { OutboundRuleConfig } from "./plan-source.ts";
import { firstRule, type RuleHeap, withoutRule, withRule } from "./rule-heap.ts";
import { createRuleMap, packedIds, type RuleMap } from "./rule-map.ts";

type Callers = PatternMap<RuleHeap<OutboundRuleConfig>>;

/** A rule alone for its destination that takes every caller is filed by its id, as an inbound one is. */
type Filed = RuleId | Callers;

export type OutboundIndex = {
  byDestination: PatternMap<Filed>;
  /** The disabled ones too: a call under way keeps its rule. */
  rules: RuleMap<OutboundRuleConfig>;
  country: string | null;
};

/** Of these rules none is tried before it is filed. */
export const createOutboundIndex = (country: string | null, rules: RuleMap<OutboundRuleConfig> = createRuleMap()): OutboundIndex => ({
  byDestination: createPatternMap(packedIds<Callers>()),
  rules,
  country,
});

const anyCaller: DialPrefix = { kind: "any" };

/** Null for what saving would have refused, and for a rule that names neither side: it would open every destination to everybody. */
const prefixesOf = (index: OutboundIndex, rule: OutboundRuleConfig): { destination: DialPrefix; caller: DialPrefix } | null => {
  const destination = parsePrefix(rule.prefix, index.country);
  const caller = parsePrefix(rule.callerIdPrefix, index.country);
  if (!destination.ok || !caller.ok) return null;
  if (destination.prefix.kind === "any" && caller.prefix.kind === "any") return null;
  return { destination: destination.prefix, caller: caller.prefix };
};

const addCaller = (callers: Callers, caller: DialPrefix, rule: OutboundRuleConfig): Callers => {
  changeUnder(callers, caller, (heap) => withRule(heap, rule));
  return callers;
};

/** What is filed, with the callers told apart. */
const callersIn = ({ rules }: OutboundIndex, filed: Filed | undefined): Callers => {
  if (typeof filed === "object") return filed;
  const alone = filed === undefined ? undefined : rules.get(filed);
  return alone === undefined ? createPatternMap() : addCaller(createPatternMap(), anyCaller, alone);
};

const withCaller = (index: OutboundIndex, filed: Filed | undefined, caller: DialPrefix, rule: OutboundRuleConfig): Filed =>
  filed === undefined && caller.kind === "any" ? rule.id : addCaller(callersIn(index, filed), caller, rule);

const withoutCaller = (filed: Filed | undefined, caller: DialPrefix, rule: OutboundRuleConfig): Filed | undefined => {
  if (typeof filed !== "object") return filed === rule.id ? undefined : filed;
  changeUnder(filed, caller, (heap) => withoutRule(heap, rule));
  return isEmptyMap(filed) ? undefined : filed;
};

/** From now on it is tried; it is among the index's rules. */
export const fileOutboundRule = (index: OutboundIndex, rule: OutboundRuleConfig): void => {
  const prefixes = rule.enabled ? prefixesOf(index, rule) : null;
  if (prefixes === null) return;
  changeUnder(index.byDestination, prefixes.destination, (filed) => withCaller(index, filed, prefixes.caller, rule));
};

export const addOutboundRule = (index: OutboundIndex, rule: OutboundRuleConfig): void => {
  index.rules.set(rule.id, rule);
  fileOutboundRule(index, rule);
};

export const removeOutboundRule = (index: OutboundIndex, id: RuleId): void => {
  const rule = index.rules.get(id);
  if (rule === undefined) return;
  index.rules.delete(id);
  const prefixes = rule.enabled ? prefixesOf(index, rule) : null;
  if (prefixes === null) return;
  changeUnder(index.byDestination, prefixes.destination, (filed) => withoutCaller(filed, prefixes.caller, rule));
};

/**
 * What is filed under a destination, the longest prefix first. Nothing for a text: a name, an address or digits with something
 * between them is no number that a deny list could know, and no trunk is asked to make one of it.
 */
export const filedFor = (index: OutboundIndex, to: DialNumber): Filed[] => (to.kind === "text" ? [] : valuesFor(index.byDestination, to));

export const findOutboundRule = (index: OutboundIndex, from: DialNumber, to: DialNumber): OutboundRuleConfig | null => {
  for (const filed of filedFor(index, to)) {
    if (typeof filed !== "object") return index.rules.get(filed) ?? null;
    for (const heap of valuesFor(filed, from)) {
      const first = firstRule(heap);
      if (first !== undefined) return first;
    }
  }
  return null;
};
