/** Inbound rules, compiled so that a call looks only at what can match it, however many rules a tenant has. */
import type { RuleId } from "./ids.ts";
import type { DialNumber } from "./number.ts";
import { type Pattern, parsePattern } from "./pattern.ts";
import { changeUnder, createPatternMap, isEmptyMap, type PatternMap, valuesFor } from "./pattern-map.ts";
import type { InboundRuleConfig } from "./plan-source.ts";
import { firstRule, type RuleHeap, withoutRule, withRule } from "./rule-heap.ts";
import { createRuleMap, packedIds, type RuleMap } from "./rule-map.ts";
import { countWay, type RuleWays } from "./rule-ways.ts";

type Callers = {
  byCaller: PatternMap<RuleHeap<InboundRuleConfig>>;
  /** No rule below has a smaller priority. A bound only: it may stay too low after a removal. */
  smallestPriority: number;
};

/** A rule alone that takes every caller is filed by its id: fifty thousand of those then cost little more than their bytes. */
type Filed = RuleId | Callers;

export type InboundIndex = {
  byNumber: PatternMap<Filed>;
  /** The disabled ones too: a call under way keeps its rule. */
  rules: RuleMap<InboundRuleConfig>;
  ways: RuleWays;
  /** National numbers in patterns belong to it. */
  country: string | null;
};

/** Of these rules none is tried before it is filed. */
export const createInboundIndex = (country: string | null, rules: RuleMap<InboundRuleConfig> = createRuleMap()): InboundIndex => ({
  byNumber: createPatternMap(packedIds<Callers>()),
  rules,
  ways: new Map(),
  country,
});

const anyCaller: Pattern = { kind: "any" };

/** Null for a pattern that saving would have refused: such a rule matches nothing. */
const patternsOf = (index: InboundIndex, rule: InboundRuleConfig): { called: Pattern; caller: Pattern } | null => {
  const called = parsePattern(rule.pattern, index.country);
  const caller = rule.callerPattern === null ? { ok: true as const, pattern: anyCaller } : parsePattern(rule.callerPattern, index.country);
  return called.ok && caller.ok ? { called: called.pattern, caller: caller.pattern } : null;
};

const addCaller = (callers: Callers, caller: Pattern, rule: InboundRuleConfig): Callers => {
  callers.smallestPriority = Math.min(callers.smallestPriority, rule.priority);
  changeUnder(callers.byCaller, caller, (heap) => withRule(heap, rule));
  return callers;
};

const makeCallers = (): Callers => ({ byCaller: createPatternMap(), smallestPriority: Number.POSITIVE_INFINITY });

/** What is filed, with the callers told apart. */
const callersIn = ({ rules }: InboundIndex, filed: Filed | undefined): Callers => {
  if (typeof filed === "object") return filed;
  const alone = filed === undefined ? undefined : rules.get(filed);
  return alone === undefined ? makeCallers() : addCaller(makeCallers(), anyCaller, alone);
};

const withCaller = (index: InboundIndex, filed: Filed | undefined, caller: Pattern, rule: InboundRuleConfig): Filed =>
  filed === undefined && caller.kind === "any" ? rule.id : addCaller(callersIn(index, filed), caller, rule);

const withoutCaller = (filed: Filed | undefined, caller: Pattern, rule: InboundRuleConfig): Filed | undefined => {
  if (typeof filed !== "object") return filed === rule.id ? undefined : filed;
  changeUnder(filed.byCaller, caller, (heap) => withoutRule(heap, rule));
  return isEmptyMap(filed.byCaller) ? undefined : filed;
};

/** From now on it is tried; it is among the index's rules. */
export const fileInboundRule = (index: InboundIndex, rule: InboundRuleConfig): void => {
  countWay(index.ways, rule, 1);
  const patterns = rule.enabled ? patternsOf(index, rule) : null;
  if (patterns !== null) changeUnder(index.byNumber, patterns.called, (filed) => withCaller(index, filed, patterns.caller, rule));
};

export const addInboundRule = (index: InboundIndex, rule: InboundRuleConfig): void => {
  index.rules.set(rule.id, rule);
  fileInboundRule(index, rule);
};

export const removeInboundRule = (index: InboundIndex, id: RuleId): void => {
  const rule = index.rules.get(id);
  if (rule === undefined) return;
  index.rules.delete(id);
  countWay(index.ways, rule, -1);
  const patterns = rule.enabled ? patternsOf(index, rule) : null;
  if (patterns === null) return;
  changeUnder(index.byNumber, patterns.called, (filed) => withoutCaller(filed, patterns.caller, rule));
};

const winner = (best: InboundRuleConfig | null, rule: InboundRuleConfig | undefined): InboundRuleConfig | null =>
  rule !== undefined && (best === null || rule.priority < best.priority) ? rule : best;

/**
 * The enabled rule that wins: smaller priority, then the more specific pattern, then the more specific caller, then the older.
 * Candidates come most specific first, so only a strictly smaller priority replaces the one found.
 */
export const findInboundRule = (index: InboundIndex, from: DialNumber, to: DialNumber): InboundRuleConfig | null => {
  let best: InboundRuleConfig | null = null;
  for (const filed of valuesFor(index.byNumber, to)) {
    if (typeof filed !== "object") best = winner(best, index.rules.get(filed));
    else if (best === null || filed.smallestPriority < best.priority) {
      for (const heap of valuesFor(filed.byCaller, from)) best = winner(best, firstRule(heap));
    }
  }
  return best;
};
