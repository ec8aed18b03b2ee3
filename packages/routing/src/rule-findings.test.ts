import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normaliseNumber, numberKey } from "./number.ts";
import { parsePattern } from "./pattern.ts";
import { compilePlan } from "./plan.ts";
import type { InboundRuleConfig } from "./plan-source.ts";
import { inboundFindings, outboundFindings } from "./rule-findings.ts";
import { findInboundRule } from "./rule-index.ts";
import { compareOrders, inboundOrder } from "./rule-order.ts";
import { inboundRule, outboundRule, rul, sampleAgent, sampleGroup, sampleMember, sampleSource, toAgent, toGroup } from "./sample-plan.ts";

const seed = 20260104;

/** Every number of few digits, and a name: enough to tell apart any two patterns below. */
const universe = ["anonymous"];
for (let length = 1, all = [""]; length <= 5; length++) {
  all = all.flatMap((text) => [`${text}1`, `${text}2`]);
  universe.push(...all, ...all.map((text) => `+${text}`));
}

const matched = (text: string | null): Set<string> => {
  const parsed = parsePattern(text ?? "*", null);
  if (!parsed.ok) return new Set();
  const { pattern } = parsed;
  return new Set(
    universe.filter((number) => {
      const key = numberKey(normaliseNumber(number, null));
      if (pattern.kind === "any") return true;
      return pattern.kind === "exact" ? key === pattern.key : pattern.keys.some((prefix) => key.startsWith(prefix));
    }),
  );
};

const digits = fc.stringMatching(/^[12]{1,3}$/);
const pattern = fc.oneof(
  digits,
  ...["+", ""].flatMap((plus) => [digits.map((text) => `${plus}${text}*`)]),
  digits.map((text) => `+${text}`),
  fc.constant("*"),
);
const rules = fc
  .array(
    fc.record({
      pattern,
      callerPattern: fc.option(pattern, { nil: null, freq: 1 }),
      priority: fc.constantFrom(1, 100, 100),
      enabled: fc.nat(9).map((n) => n > 0),
      createdAt: fc.nat(3),
    }),
    { minLength: 2, maxLength: 8 },
  )
  .map((list) => list.map((parts, index) => inboundRule(index, parts.pattern, parts)));

const isSubset = (a: Set<string>, b: Set<string>) => [...a].every((number) => b.has(number));
const said = (rule: InboundRuleConfig) => ({ called: matched(rule.pattern), caller: matched(rule.callerPattern) });

test("a rule is said to be shadowed or a later duplicate exactly when one enabled rule that is tried earlier matches all it matches", () => {
  fc.assert(
    fc.property(rules, (list) => {
      const plan = compilePlan(sampleSource({ inboundRules: list }));
      const placed = list.map((rule) => ({ rule, id: rule.id, evaluationKey: inboundOrder(rule, null).evaluationKey, ...said(rule) }));
      for (const own of placed) {
        const inTheWay = placed.some(
          (other) =>
            other.id !== own.id &&
            other.rule.enabled &&
            compareOrders(other, own) < 0 &&
            isSubset(own.called, other.called) &&
            isSubset(own.caller, other.caller),
        );
        const findings = inboundFindings(plan, own.id);
        const told = findings.some(
          ({ kind, ...rest }) => kind === "shadowed" || (kind === "duplicate" && "decides" in rest && !rest.decides),
        );
        expect(told).toBe(own.rule.enabled && inTheWay);
      }
    }),
    { seed, numRuns: 1_000 },
  );
});

test("a rule with such a finding takes no call at all", () => {
  fc.assert(
    fc.property(rules, fc.array(fc.tuple(fc.constantFrom(...universe), fc.constantFrom(...universe)), { minLength: 20 }), (list, calls) => {
      const plan = compilePlan(sampleSource({ inboundRules: list }));
      for (const [from, to] of calls) {
        const winner = findInboundRule(plan.inbound, normaliseNumber(from, null), normaliseNumber(to, null));
        const findings = winner === null ? [] : inboundFindings(plan, winner.id);
        expect(findings.filter((finding) => finding.kind === "shadowed" || (finding.kind === "duplicate" && !finding.decides))).toEqual([]);
      }
    }),
    { seed, numRuns: 500 },
  );
});

describe("inbound rules", () => {
  const kinds = (list: InboundRuleConfig[], id = list.length - 1) =>
    inboundFindings(compilePlan(sampleSource({ inboundRules: list })), rul(id)).map(({ kind, ...rest }) => [
      kind,
      "by" in rest ? rest.by.id : "of" in rest ? rest.of.id : null,
      "decides" in rest ? rest.decides : null,
    ]);

  test("a wider rule with a smaller priority shadows, one with the same priority does not", () => {
    expect(kinds([inboundRule(0, "+1*", { priority: 5 }), inboundRule(1, "+15550100001")])).toEqual([["shadowed", rul(0), null]]);
    expect(kinds([inboundRule(0, "+1*"), inboundRule(1, "+15550100001")])).toEqual([]);
    expect(kinds([inboundRule(0, "*", { priority: 5, callerPattern: "+44*" }), inboundRule(1, "+15550100001")])).toEqual([]);
    expect(kinds([inboundRule(0, "*", { priority: 5, enabled: false }), inboundRule(1, "+15550100001")])).toEqual([]);
  });

  test("the same number in another spelling is a duplicate; both are told, and which of them decides", () => {
    const list = [inboundRule(0, "+1 (555) 010-0001"), inboundRule(1, "15550100001", { createdAt: 1 })];
    expect(kinds(list, 1)).toEqual([["duplicate", rul(0), false]]);
    expect(kinds(list, 0)).toEqual([["duplicate", rul(1), true]]);
    expect(kinds([inboundRule(0, "*"), inboundRule(1, "*", { callerPattern: "*", createdAt: 1 })])).toEqual([["duplicate", rul(0), false]]);
  });

  test("of several in the way the one that is tried first is named", () => {
    const list = [inboundRule(0, "*", { priority: 9 }), inboundRule(1, "+1*", { priority: 3 }), inboundRule(2, "+1555*")];
    expect(kinds(list)).toEqual([["shadowed", rul(1), null]]);
  });

  test("a disabled target and a group that nobody answers for are told", () => {
    const source = sampleSource({
      agents: [sampleAgent(1), sampleAgent(2, { enabled: false })],
      groups: [
        sampleGroup("empty", []),
        sampleGroup("asleep", [sampleMember(2)]),
        sampleGroup("awake", [sampleMember(1), sampleMember(2)]),
      ],
      inboundRules: [toAgent(1), toAgent(2), toGroup("empty"), toGroup("asleep"), toGroup("awake")].map((target, index) =>
        inboundRule(index, `+1555010000${index}`, { target }),
      ),
    });
    const plan = compilePlan(source);
    expect([...source.inboundRules.keys()].map((id) => inboundFindings(plan, id))).toEqual([
      [],
      [{ kind: "target_disabled", name: "Agent 2" }],
      [{ kind: "empty_group", name: "Group empty", hasMembers: false }],
      [{ kind: "empty_group", name: "Group asleep", hasMembers: true }],
      [],
    ]);
  });
});

test("outbound rules about the same destination and caller are duplicates; a shorter prefix is never in the way", () => {
  const list = [
    outboundRule(0, { prefix: "+44", priority: 1 }),
    outboundRule(1, { prefix: "+4420" }),
    outboundRule(2, { prefix: "+44 20 *", createdAt: 1 }),
    outboundRule(3, { prefix: "GB" }),
    outboundRule(4, { prefix: "gb", callerIdPrefix: "+1" }),
    outboundRule(5, { prefix: "gb", priority: 7 }),
  ];
  const plan = compilePlan(sampleSource({ outboundRules: list }));
  const found = list.map(({ id }) =>
    outboundFindings(plan, id).map(({ kind, ...rest }) => [kind, "of" in rest && rest.of.id, "decides" in rest && rest.decides]),
  );
  expect(found).toEqual([
    [],
    [["duplicate", rul(2), true]],
    [["duplicate", rul(1), false]],
    [["duplicate", rul(5), false]],
    [],
    [["duplicate", rul(3), true]],
  ]);
});

test("fifty thousand rules: a thousand of them are looked at in a moment, those of one pattern too", () => {
  const apart = Array.from({ length: 25_000 }, (_, index) => inboundRule(index, `+1${2_000_000_000 + index}`));
  const alike = Array.from({ length: 25_000 }, (_, index) => inboundRule(25_000 + index, "+1555*", { createdAt: index }));
  const plan = compilePlan(sampleSource({ inboundRules: [...apart, ...alike] }));
  const startedAt = performance.now();
  for (let index = 0; index < 50_000; index += 50) inboundFindings(plan, rul(index));
  // A scan would take a minute, however busy the machine.
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(inboundFindings(plan, rul(49_999))).toMatchObject([{ kind: "duplicate", of: { id: rul(25_000) }, decides: false }]);
});
