/** Inbound rules, compiled so that a call looks only at what can match it, however many rules a tenant has. */
import type { RuleId } from "./ids.ts";
import type { DialNumber } from "./number.ts";
import { type Pattern, parsePattern } from "./pattern.ts";
import { createPatternMap, fileUnder, isEmptyMap, type PatternMap, pruneUnder, valuesFor } from "./pattern-map.ts";
import type { InboundRuleConfig } from "./plan-source.ts";
import { pushRule, removeRule } from "./rule-heap.ts";

type Callers = {
  byCaller: PatternMap<InboundRuleConfig[]>;
  /** No rule below has a smaller priority. A bound only: it may stay too low after a removal. */
  smallestPriority: number;
};

export type InboundIndex = {
  byNumber: PatternMap<Callers>;
  /** The disabled ones too: a call under way keeps its rule. */
  rules: Map<RuleId, InboundRuleConfig>;
  /** National numbers in patterns belong to it. */
  country: string | null;
};

export const createInboundIndex = (country: string | null): InboundIndex => ({ byNumber: createPatternMap(), rules: new Map(), country });

const makeCallers = (): Callers => ({ byCaller: createPatternMap(), smallestPriority: Number.POSITIVE_INFINITY });
const makeHeap = (): InboundRuleConfig[] => [];
const anyCaller: Pattern = { kind: "any" };

/** Null for a pattern that saving would have refused: such a rule matches nothing. */
const patternsOf = (index: InboundIndex, rule: InboundRuleConfig): { called: Pattern; caller: Pattern } | null => {
  const called = parsePattern(rule.pattern, index.country);
  const caller = rule.callerPattern === null ? { ok: true as const, pattern: anyCaller } : parsePattern(rule.callerPattern, index.country);
  return called.ok && caller.ok ? { called: called.pattern, caller: caller.pattern } : null;
};

export const addInboundRule = (index: InboundIndex, rule: InboundRuleConfig): void => {
  index.rules.set(rule.id, rule);
  const patterns = rule.enabled ? patternsOf(index, rule) : null;
  if (patterns === null) return;
  for (const callers of fileUnder(index.byNumber, patterns.called, makeCallers)) {
    callers.smallestPriority = Math.min(callers.smallestPriority, rule.priority);
    for (const heap of fileUnder(callers.byCaller, patterns.caller, makeHeap)) pushRule(heap, rule);
  }
};

export const removeInboundRule = (index: InboundIndex, id: RuleId): void => {
  const rule = index.rules.get(id);
  index.rules.delete(id);
  const patterns = rule?.enabled ? patternsOf(index, rule) : null;
  if (rule === undefined || patterns === null) return;
  for (const callers of fileUnder(index.byNumber, patterns.called, makeCallers)) {
    for (const heap of fileUnder(callers.byCaller, patterns.caller, makeHeap)) removeRule(heap, rule);
    pruneUnder(callers.byCaller, patterns.caller, (heap) => heap.length === 0);
  }
  pruneUnder(index.byNumber, patterns.called, (callers) => isEmptyMap(callers.byCaller));
};

/**
 * The enabled rule that wins: smaller priority, then the more specific pattern, then the more specific caller, then the older.
 * Candidates come most specific first, so only a strictly smaller priority replaces the one found.
 */
export const findInboundRule = (index: InboundIndex, from: DialNumber, to: DialNumber): InboundRuleConfig | null => {
  let best: InboundRuleConfig | null = null;
  for (const callers of valuesFor(index.byNumber, to)) {
    if (best !== null && callers.smallestPriority >= best.priority) continue;
    for (const [first] of valuesFor(callers.byCaller, from)) {
      if (first !== undefined && (best === null || first.priority < best.priority)) best = first;
    }
  }
  return best;
};
