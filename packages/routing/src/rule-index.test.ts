import fc from "fast-check";
import { expect, test } from "vitest";
import type { RuleId } from "./ids.ts";
import { normaliseNumber, numberKey } from "./number.ts";
import { parsePattern } from "./pattern.ts";
import { compilePlan, patchPlan } from "./plan.ts";
import type { InboundRuleConfig, RuleChange } from "./plan-source.ts";
import { routeCall } from "./route-call.ts";
import { findInboundRule } from "./rule-index.ts";
import { inboundRule, rul, sampleSource } from "./sample-plan.ts";

const seed = 20260103;

/** How specific a pattern is for a number, as the rules of routing say it; null when it does not match. Written without an index. */
const specificity = (text: string | null, number: string): number | null => {
  if (text === null) return 0;
  const parsed = parsePattern(text, null);
  if (!parsed.ok) return null;
  const { pattern } = parsed;
  const key = numberKey(normaliseNumber(number, null));
  if (pattern.kind === "any") return 0;
  if (pattern.kind === "exact") return pattern.key === key ? 100 : null;
  const matching = pattern.keys.filter((prefix) => key.startsWith(prefix));
  return matching.length === 0 ? null : Math.max(...matching.map((prefix) => prefix.length));
};

const naiveWinner = (rules: InboundRuleConfig[], from: string, to: string): RuleId | null => {
  const matching = rules.flatMap((rule) => {
    const called = specificity(rule.pattern, to);
    const caller = specificity(rule.callerPattern, from);
    return rule.enabled && called !== null && caller !== null ? [{ rule, called, caller }] : [];
  });
  matching.sort(
    (a, b) =>
      a.rule.priority - b.rule.priority ||
      b.called - a.called ||
      b.caller - a.caller ||
      a.rule.createdAt - b.rule.createdAt ||
      (a.rule.id < b.rule.id ? -1 : 1),
  );
  return matching[0]?.rule.id ?? null;
};

/** Few digits, so that patterns and numbers meet often. */
const digits = (longest: number) => fc.stringMatching(new RegExp(`^[12]{1,${longest}}$`));
const number = fc.oneof(
  digits(12),
  digits(10).map((text) => `+${text}`),
  fc.constant("anonymous"),
);
const pattern = fc.oneof(
  digits(12),
  digits(10).map((text) => `+${text}`),
  digits(8).map((text) => `+${text}*`),
  digits(4).map((text) => `${text}*`),
  fc.constant("*"),
);
const ruleParts = fc.record({
  pattern,
  callerPattern: fc.option(pattern, { nil: null, freq: 2 }),
  priority: fc.constantFrom(1, 2, 100),
  isDisabled: fc.nat(9).map((n) => n === 0),
  createdAt: fc.nat(3),
});
const rules = fc
  .array(ruleParts, { maxLength: 12 })
  .map((list) => list.map(({ isDisabled, ...parts }, index) => inboundRule(index, parts.pattern, { ...parts, enabled: !isDisabled })));

test("the compiled index finds the rule that a plain scan and sort finds, for 10,000 random calls", () => {
  fc.assert(
    fc.property(rules, fc.array(fc.tuple(number, number), { minLength: 5, maxLength: 5 }), (list, calls) => {
      const { inbound } = compilePlan(sampleSource({ inboundRules: list }));
      for (const [from, to] of calls) {
        const found = findInboundRule(inbound, normaliseNumber(from, null), normaliseNumber(to, null));
        expect(found?.id ?? null).toBe(naiveWinner(list, from, to));
      }
    }),
    { seed, numRuns: 2_000 },
  );
});

test("a patched plan routes every call as one compiled anew", () => {
  const edit = fc.record({ which: fc.nat(14), remove: fc.boolean(), parts: ruleParts });
  fc.assert(
    fc.property(
      rules,
      fc.array(edit, { minLength: 1, maxLength: 10 }),
      fc.array(fc.tuple(number, number), { minLength: 8, maxLength: 8 }),
      (list, edits, calls) => {
        const patched = compilePlan(sampleSource({ inboundRules: list }));
        const current = new Map(list.map((rule) => [rule.id, rule]));
        for (const [index, { which, remove, parts }] of edits.entries()) {
          const id = rul(which);
          const rule = remove ? null : inboundRule(which, parts.pattern, { ...parts, enabled: !parts.isDisabled });
          const change: RuleChange = { kind: "inbound", id, rule };
          expect(patchPlan(patched, change, 2 + index)).toBe(patched);
          if (rule === null) current.delete(id);
          else current.set(id, rule);
        }
        const anew = compilePlan(sampleSource({ version: 1 + edits.length, inboundRules: [...current.values()] }));
        expect(patched.version).toBe(anew.version);
        for (const [from, to] of calls) {
          const call = { from, to, direction: "inbound" } as const;
          expect(routeCall(patched, call)).toEqual(routeCall(anew, call));
        }
      },
    ),
    { seed, numRuns: 1_000 },
  );
});

test("removing every rule leaves nothing behind that could match or weigh", () => {
  fc.assert(
    fc.property(rules, (list) => {
      const plan = compilePlan(sampleSource({ inboundRules: list }));
      for (const { id } of list) patchPlan(plan, { kind: "inbound", id, rule: null }, 2);
      const { rules: known, ways, byNumber } = plan.inbound;
      expect([[...known], ways.size]).toEqual([[], 0]);
      expect([byNumber.any, byNumber.exact?.size ?? 0, byNumber.prefix?.size ?? 0]).toEqual([null, 0, 0]);
    }),
    { seed, numRuns: 300 },
  );
});

test("fifty thousand rules with one pattern and different callers are looked up, not scanned", () => {
  const list = Array.from({ length: 50_000 }, (_, index) =>
    inboundRule(index, "+15550100002", { callerPattern: `+1${String(2_000_000_000 + index)}` }),
  );
  const plan = compilePlan(sampleSource({ inboundRules: list }));
  const startedAt = performance.now();
  for (let index = 0; index < 5_000; index++) {
    const route = routeCall(plan, { from: `+1${String(2_000_000_000 + index * 10)}`, to: "+15550100002", direction: "inbound" });
    expect(route.rule?.id).toBe(rul(index * 10));
  }
  // A scan would take minutes; the exact figure is the benchmark's.
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
