/**
 * The place of a rule among a tenant's rules as text that sorts: by it lists show rules in the order in which calls try them, and
 * a page can begin behind any rule.
 */
import { type DialPrefix, type Pattern, parsePattern, parsePrefix } from "./pattern.ts";
import type { InboundRuleConfig, OutboundRuleConfig } from "./plan-source.ts";

export type RuleOrder = {
  /** 24 digits; a rule with the smaller one is tried first, of equal ones that with the smaller id. */
  evaluationKey: string;
  /** What the rule is about in its one spelling: `+14155550123`, `+1415*`, `GB`, `*`. */
  matchKey: string;
};

const leastSpecific = 99;

/**
 * Two digits, the smaller the more specific: exact, longer prefix, shorter, everything; a country stands before the prefix that is
 * its calling code. Of the two keys of short digits the last counts: a number has it, and of two patterns the same is longer.
 */
const specificityOf = (pattern: Pattern | DialPrefix | null): string => {
  if (pattern === null || pattern.kind === "any") return String(leastSpecific);
  if (pattern.kind === "exact") return "00";
  const isCountry = pattern.kind === "country";
  const length = isCountry ? pattern.callingCode.length + 1 : (pattern.keys.at(-1)?.length ?? 0);
  return String(leastSpecific - 2 * length - (isCountry ? 1 : 0));
};

const matchKeyOf = (pattern: Pattern | DialPrefix | null): string => {
  switch (pattern?.kind) {
    case "exact":
      return pattern.key;
    case "prefix":
      return `${pattern.keys.at(-1)}*`;
    case "country":
      return pattern.country;
    case "any":
    case undefined:
      return "*";
  }
};

const padded = (value: number, digits: number): string => String(value).padStart(digits, "0");

/** A pattern that saving would have refused matches nothing, and stands where everything stands. */
const patternOf = (text: string | null, country: string | null): Pattern | null => {
  const parsed = text === null ? null : parsePattern(text, country);
  return parsed?.ok === true ? parsed.pattern : null;
};

const prefixOf = (text: string | null, country: string | null): DialPrefix | null => {
  const parsed = parsePrefix(text, country);
  return parsed.ok ? parsed.prefix : null;
};

export type InboundPlace = Pick<InboundRuleConfig, "pattern" | "callerPattern" | "priority" | "createdAt">;

/** By priority, then the more specific pattern, then the more specific caller, then the older (routing: which rule). */
export const inboundOrder = (rule: InboundPlace, country: string | null): RuleOrder => {
  const called = patternOf(rule.pattern, country);
  const caller = specificityOf(patternOf(rule.callerPattern, country));
  const evaluationKey = `${padded(rule.priority, 6)}${specificityOf(called)}${caller}${padded(rule.createdAt, 14)}`;
  return { evaluationKey, matchKey: matchKeyOf(called) };
};

export type OutboundPlace = Pick<OutboundRuleConfig, "prefix" | "callerIdPrefix" | "priority" | "createdAt">;

/** By the longer destination prefix, then the longer caller prefix, then priority, then the older (routing: outbound). */
export const outboundOrder = (rule: OutboundPlace, country: string | null): RuleOrder => {
  const destination = prefixOf(rule.prefix, country);
  const caller = specificityOf(prefixOf(rule.callerIdPrefix, country));
  const evaluationKey = `${specificityOf(destination)}${caller}${padded(rule.priority, 6)}${padded(rule.createdAt, 14)}`;
  return { evaluationKey, matchKey: matchKeyOf(destination) };
};

/** Negative when `a` is tried before `b`. */
export const compareOrders = (a: { evaluationKey: string; id: string }, b: { evaluationKey: string; id: string }): number =>
  a.evaluationKey === b.evaluationKey ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : a.evaluationKey < b.evaluationKey ? -1 : 1;

/** What the `matchKey`s begin with that a person means who typed this into a search. */
export const searchedKeys = (typed: string, country: string | null): string[] => {
  if (/^[a-z]{1,2}$/i.test(typed)) return [typed.toUpperCase()];
  const parsed = parsePattern(`${typed.replace(/\*$/, "")}*`, country);
  if (!parsed.ok) return [];
  return parsed.pattern.kind === "prefix" ? parsed.pattern.keys : ["*"];
};
