/** Outbound rules, compiled: longest destination prefix, then longest caller prefix, then priority, then the older. */
import type { RuleId } from "./ids.ts";
import type { DialNumber } from "./number.ts";
import { type DialPrefix, parsePrefix } from "./pattern.ts";
import { createPatternMap, fileUnder, isEmptyMap, type PatternMap, pruneUnder, valuesFor } from "./pattern-map.ts";
import type { OutboundRuleConfig } from "./plan-source.ts";
import { pushRule, removeRule } from "./rule-heap.ts";

export type OutboundIndex = {
  byDestination: PatternMap<PatternMap<OutboundRuleConfig[]>>;
  /** The disabled ones too: a call under way keeps its rule. */
  rules: Map<RuleId, OutboundRuleConfig>;
  country: string | null;
};

export const createOutboundIndex = (country: string | null): OutboundIndex => ({
  byDestination: createPatternMap(),
  rules: new Map(),
  country,
});

const makeHeap = (): OutboundRuleConfig[] => [];
const makeCallers = (): PatternMap<OutboundRuleConfig[]> => createPatternMap();

/** Null for what saving would have refused, and for a rule that names neither side: it would open every destination to everybody. */
const prefixesOf = (index: OutboundIndex, rule: OutboundRuleConfig): { destination: DialPrefix; caller: DialPrefix } | null => {
  const destination = parsePrefix(rule.prefix, index.country);
  const caller = parsePrefix(rule.callerIdPrefix, index.country);
  if (!destination.ok || !caller.ok) return null;
  if (destination.prefix.kind === "any" && caller.prefix.kind === "any") return null;
  return { destination: destination.prefix, caller: caller.prefix };
};

export const addOutboundRule = (index: OutboundIndex, rule: OutboundRuleConfig): void => {
  index.rules.set(rule.id, rule);
  const prefixes = rule.enabled ? prefixesOf(index, rule) : null;
  if (prefixes === null) return;
  for (const callers of fileUnder(index.byDestination, prefixes.destination, makeCallers)) {
    for (const heap of fileUnder(callers, prefixes.caller, makeHeap)) pushRule(heap, rule);
  }
};

export const removeOutboundRule = (index: OutboundIndex, id: RuleId): void => {
  const rule = index.rules.get(id);
  index.rules.delete(id);
  const prefixes = rule?.enabled ? prefixesOf(index, rule) : null;
  if (rule === undefined || prefixes === null) return;
  for (const callers of fileUnder(index.byDestination, prefixes.destination, makeCallers)) {
    for (const heap of fileUnder(callers, prefixes.caller, makeHeap)) removeRule(heap, rule);
    pruneUnder(callers, prefixes.caller, (heap) => heap.length === 0);
  }
  pruneUnder(index.byDestination, prefixes.destination, isEmptyMap);
};

export const findOutboundRule = (index: OutboundIndex, from: DialNumber, to: DialNumber): OutboundRuleConfig | null => {
  for (const callers of valuesFor(index.byDestination, to)) {
    for (const [first] of valuesFor(callers, from)) if (first !== undefined) return first;
  }
  return null;
};
