/** Outbound rules, compiled: longest destination prefix, then longest caller prefix, then priority, then the older. */
import type { RuleId } from "./ids.ts";
import { type LargeMap, whenLarge } from "./large-map.ts";
import type { DialNumber } from "./number.ts";
import { type DialPrefix, parsePrefix } from "./pattern.ts";
import { changeUnder, createPatternMap, isEmptyMap, type PatternMap, valuesFor } from "./pattern-map.ts";
import type { OutboundRuleConfig } from "./plan-source.ts";
import { firstRule, type RuleHeap, withoutRule, withRule } from "./rule-heap.ts";

type Callers = PatternMap<RuleHeap<OutboundRuleConfig>>;

/** A rule alone for its destination that takes every caller is filed as it is, as an inbound one is. */
type Filed = OutboundRuleConfig | Callers;

export type OutboundIndex = {
  byDestination: PatternMap<Filed>;
  /** The disabled ones too: a call under way keeps its rule. */
  rules: LargeMap<RuleId, OutboundRuleConfig>;
  country: string | null;
};

export const createOutboundIndex = (country: string | null): OutboundIndex => ({
  byDestination: createPatternMap(),
  rules: new Map(),
  country,
});

const anyCaller: DialPrefix = { kind: "any" };
const isRule = (filed: Filed): filed is OutboundRuleConfig => "trunkConfig" in filed;

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

const withCaller = (filed: Filed | undefined, caller: DialPrefix, rule: OutboundRuleConfig): Filed => {
  if (filed === undefined) return caller.kind === "any" ? rule : addCaller(createPatternMap(), caller, rule);
  return addCaller(isRule(filed) ? addCaller(createPatternMap(), anyCaller, filed) : filed, caller, rule);
};

const withoutCaller = (filed: Filed | undefined, caller: DialPrefix, rule: OutboundRuleConfig): Filed | undefined => {
  if (filed === undefined || isRule(filed)) return filed === rule ? undefined : filed;
  changeUnder(filed, caller, (heap) => withoutRule(heap, rule));
  return isEmptyMap(filed) ? undefined : filed;
};

/** Known, but not tried yet. */
export const knowOutboundRule = (index: OutboundIndex, rule: OutboundRuleConfig): void => {
  index.rules.set(rule.id, rule);
  index.rules = whenLarge(index.rules);
};

export const addOutboundRule = (index: OutboundIndex, rule: OutboundRuleConfig): void => {
  knowOutboundRule(index, rule);
  const prefixes = rule.enabled ? prefixesOf(index, rule) : null;
  if (prefixes !== null) changeUnder(index.byDestination, prefixes.destination, (filed) => withCaller(filed, prefixes.caller, rule));
};

export const removeOutboundRule = (index: OutboundIndex, id: RuleId): void => {
  const rule = index.rules.get(id);
  index.rules.delete(id);
  const prefixes = rule?.enabled ? prefixesOf(index, rule) : null;
  if (rule === undefined || prefixes === null) return;
  changeUnder(index.byDestination, prefixes.destination, (filed) => withoutCaller(filed, prefixes.caller, rule));
};

/**
 * What is filed under a destination, the longest prefix first. Nothing for a text: a name, an address or digits with something
 * between them is no number that a deny list could know, and no trunk is asked to make one of it.
 */
export const filedFor = (index: OutboundIndex, to: DialNumber): Filed[] => (to.kind === "text" ? [] : valuesFor(index.byDestination, to));

export const findOutboundRule = (index: OutboundIndex, from: DialNumber, to: DialNumber): OutboundRuleConfig | null => {
  for (const filed of filedFor(index, to)) {
    if (isRule(filed)) return filed;
    for (const heap of valuesFor(filed, from)) {
      const first = firstRule(heap);
      if (first !== undefined) return first;
    }
  }
  return null;
};
