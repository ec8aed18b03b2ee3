import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normaliseNumber } from "./number.ts";
import { findOutboundRule } from "./outbound-index.ts";
import { compilePlan, type Plan } from "./plan.ts";
import type { InboundRuleConfig, OutboundRuleConfig } from "./plan-source.ts";
import { findInboundRule } from "./rule-index.ts";
import { compareOrders, inboundOrder, outboundOrder, searchedKeys } from "./rule-order.ts";
import { inboundRule, outboundRule, sampleSource, sampleTenant } from "./sample-plan.ts";

const seed = 20260104;
const numRuns = 1_500;

/** Few digits, so that patterns and numbers meet often; national ones begin with 0. */
const digits = (longest: number) => fc.stringMatching(new RegExp(`^[12]{1,${longest}}$`));
const numberTexts = [
  digits(12),
  digits(8).map((text) => `+${text}`),
  digits(6).map((text) => `02${text}`),
  digits(6).map((text) => `+442${text}`),
  digits(6).map((text) => `+1415555${text}`.slice(0, 12)),
];
const number = fc.oneof(...numberTexts, fc.constant("anonymous"));
const pattern = fc.oneof(
  ...numberTexts,
  ...[digits(8), digits(3), digits(2), digits(4)].map((text, index) => text.map((body) => `${["+", "", "02", "+442"][index]}${body}*`)),
  fc.constantFrom("*", "+14*", "+1415*"),
);
const dialPrefix = fc.option(
  fc.oneof(
    digits(5).map((text) => `+${text}`),
    digits(3),
    fc.constantFrom("+1", "+44", "+442", "GB", "US", "CA", "+1415"),
  ),
  {
    nil: null,
  },
);
const common = { priority: fc.constantFrom(1, 2, 100, 100_000), createdAt: fc.constantFrom(0, 1, 1_760_000_000_000) };
const country = fc.constantFrom(null, "GB", "US");
const calls = fc.array(fc.tuple(number, number), { minLength: 6, maxLength: 6 });

/** The first of those that match the call when they are alone, in the order of their keys. */
const firstInOrder = <Rule extends { id: string }>(
  rules: Rule[],
  keyOf: (rule: Rule) => string,
  matches: (rule: Rule) => boolean,
): string | null =>
  rules
    .map((rule) => ({ rule, id: rule.id, evaluationKey: keyOf(rule) }))
    .toSorted(compareOrders)
    .find(({ rule }) => matches(rule))?.id ?? null;

const planOf = (home: string | null, rules: { inboundRules?: InboundRuleConfig[]; outboundRules?: OutboundRuleConfig[] }): Plan =>
  compilePlan(sampleSource({ tenant: { ...sampleTenant, country: home }, ...rules }));

describe("sorted by its evaluation key, the first rule that matches a call is the one that the resolver takes", () => {
  test("inbound", () => {
    const parts = fc.record({ pattern, callerPattern: fc.option(pattern, { nil: null, freq: 2 }), ...common });
    fc.assert(
      fc.property(country, fc.array(parts, { maxLength: 12 }), calls, (home, list, pairs) => {
        const rules = list.map((each, index) => inboundRule(index, each.pattern, each));
        const plan = planOf(home, { inboundRules: rules });
        for (const [fromText, toText] of pairs) {
          const [from, to] = [normaliseNumber(fromText, home), normaliseNumber(toText, home)];
          const first = firstInOrder(
            rules,
            (rule) => inboundOrder(rule, home).evaluationKey,
            (rule) => findInboundRule(planOf(home, { inboundRules: [rule] }).inbound, from, to) !== null,
          );
          expect(findInboundRule(plan.inbound, from, to)?.id ?? null).toBe(first);
        }
      }),
      { seed, numRuns },
    );
  });

  test("outbound", () => {
    const parts = fc.record({ prefix: dialPrefix, callerIdPrefix: dialPrefix, ...common });
    fc.assert(
      fc.property(country, fc.array(parts, { maxLength: 12 }), calls, (home, list, pairs) => {
        const rules = list.map((each, index) => outboundRule(index, each));
        const plan = planOf(home, { outboundRules: rules });
        for (const [fromText, toText] of pairs) {
          const [from, to] = [normaliseNumber(fromText, home), normaliseNumber(toText, home)];
          const first = firstInOrder(
            rules,
            (rule) => outboundOrder(rule, home).evaluationKey,
            (rule) => findOutboundRule(planOf(home, { outboundRules: [rule] }).outbound, from, to) !== null,
          );
          expect(findOutboundRule(plan.outbound, from, to)?.id ?? null).toBe(first);
        }
      }),
      { seed, numRuns },
    );
  });
});

test("every key is 24 digits, whatever the rule", () => {
  const parts = fc.record({ pattern, callerPattern: fc.option(pattern, { nil: null }), ...common });
  fc.assert(
    fc.property(parts, country, (each, home) => {
      expect(inboundOrder(each, home).evaluationKey).toMatch(/^\d{24}$/);
    }),
    { seed, numRuns },
  );
  const outbound = fc.record({ prefix: dialPrefix, callerIdPrefix: dialPrefix, ...common });
  fc.assert(
    fc.property(outbound, country, (each, home) => {
      expect(outboundOrder(each, home).evaluationKey).toMatch(/^\d{24}$/);
    }),
    { seed, numRuns },
  );
});

test("a search finds a pattern by its beginning, however either of them is spelled", () => {
  const found = (pattern: string, typed: string, home: string | null = null) => {
    const { matchKey } = inboundOrder({ pattern, callerPattern: null, priority: 1, createdAt: 0 }, home);
    return searchedKeys(typed, home).some((key) => matchKey.startsWith(key));
  };
  expect(found("+1 (555) 010-0001", "+1555")).toBe(true);
  expect(found("+15550100001", "+1 555")).toBe(true);
  expect(found("15550100001", "1555")).toBe(true);
  expect(found("0015550100001", "+1555")).toBe(true);
  expect(found("+1555*", "1555")).toBe(true);
  expect(found("+442079460000", "020 79", "GB")).toBe(true);
  expect(found("020*", "+4420", "GB")).toBe(true);
  expect(found("020*", "020", "GB")).toBe(true);
  expect(found("123", "12")).toBe(true);
  expect(found("*", "*")).toBe(true);
  expect(found("+15550100001", "*")).toBe(false);
  expect(found("+15550100001", "+1556")).toBe(false);
  expect(found("+15550100001", "sales")).toBe(false);
  const country = outboundOrder({ prefix: "gb", callerIdPrefix: null, priority: 1, createdAt: 0 }, null).matchKey;
  expect(searchedKeys("Gb", null).some((key) => country.startsWith(key))).toBe(true);
});
