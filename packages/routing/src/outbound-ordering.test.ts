/** The order of outbound rules against a plain model of it, which knows the countries of its numbers because it made them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePlan } from "./plan.ts";
import type { OutboundRuleConfig } from "./plan-source.ts";
import { routeCall } from "./route-call.ts";
import { compareOrders, outboundOrder } from "./rule-order.ts";
import { outboundRule, sampleSource, sampleTenant } from "./sample-plan.ts";

const seed = 20260119;

/** Beginnings of numbers that the country's numbering plan gives out, with how many digits follow. */
const plans = [
  ["US", "+1", ["+1212555", "+1415555", "+1900555"], 4],
  ["CA", "+1", ["+1416555", "+1604555"], 4],
  ["JM", "+1", ["+1876555"], 4],
  ["DO", "+1", ["+1809555", "+1829555"], 4],
  ["GB", "+44", ["+44207946", "+44161496"], 4],
  ["GG", "+44", ["+4414817", "+4477811"], 5],
  ["JE", "+44", ["+4415347", "+4477977"], 5],
  ["IM", "+44", ["+4416247"], 5],
  ["RU", "+7", ["+7495123", "+7916123"], 4],
  ["KZ", "+7", ["+7717212"], 4],
  ["IT", "+39", ["+390612"], 6],
  ["VA", "+39", ["+3906698"], 5],
  ["FR", "+33", ["+331234"], 5],
  ["JP", "+81", ["+819012"], 6],
] as const;
const callingCodes = new Map<string, string>(plans.map(([country, code]) => [country, code]));

type Party = { written: string; digits: string; country: string | null };

const number: fc.Arbitrary<Party> = fc
  .tuple(fc.constantFrom(...plans), fc.nat(), fc.nat(), fc.nat(3))
  .map(([[country, , beginnings, more], first, rest, spelling]) => {
    const digits = beginnings[first % beginnings.length] + String(rest % 10 ** more).padStart(more, "0");
    const spellings = [digits, `00${digits.slice(1)}`, digits.slice(1), `${digits.slice(0, 4)} (${digits.slice(4, 6)}) ${digits.slice(6)}`];
    return { written: spellings[spelling] ?? digits, digits, country };
  });
/** Satellites and the like have a calling code and no country; a subscriber may have a name or an extension. */
const elsewhere = fc.constantFrom(...["+882161234567", "+870773111632"].map((digits) => ({ written: digits, digits, country: null })));
const named = fc.constantFrom(...["anonymous", "alice", "1001"].map((written) => ({ written, digits: written, country: null })));

const beginning = fc.tuple(number, fc.integer({ min: 2, max: 9 })).map(([{ digits }, length]) => digits.slice(0, length));
const side = fc.oneof(
  { weight: 3, arbitrary: beginning },
  { weight: 2, arbitrary: fc.constantFrom(...plans.map(([country]) => country)) },
  { weight: 1, arbitrary: fc.constantFrom("+882", "+8821", "*") },
  { weight: 4, arbitrary: fc.constant(null) },
);
const rule = fc.record({
  prefix: side,
  callerIdPrefix: side,
  priority: fc.integer({ min: 1, max: 3 }),
  createdAt: fc.nat(3),
  enabled: fc.nat(9),
});
const rules = fc
  .array(rule, { minLength: 12, maxLength: 24 })
  .map((drawn) => drawn.map(({ enabled, ...fields }, index) => outboundRule(index, { ...fields, enabled: enabled > 0 })));

/** How much a side says of a party: null when it is about others, else longer is more, a country a little more than its code. */
const lengthOn = (text: string | null, { digits, country }: Party): number | null => {
  if (text === null || text === "*") return 0;
  const code = callingCodes.get(text);
  if (code !== undefined) return country === text ? code.length + 0.5 : null;
  return digits.startsWith(text) ? text.length : null;
};

/** One rule after the other; who says more, or has the smaller priority, or is older, displaces whoever stood there. */
const plainWinner = (candidates: OutboundRuleConfig[], from: Party, to: Party): OutboundRuleConfig | null => {
  // Nobody's number: no trunk could dial it.
  if (/^[a-z]/.test(to.digits)) return null;
  let best: { rule: OutboundRuleConfig; rank: (number | string)[] } | null = null;
  for (const candidate of candidates) {
    const [called, caller] = [lengthOn(candidate.prefix, to), lengthOn(candidate.callerIdPrefix, from)];
    if (!candidate.enabled || called === null || caller === null) continue;
    const namesNobody = [candidate.prefix, candidate.callerIdPrefix].every((text) => text === null || text === "*");
    if (namesNobody) continue;
    const rank = [-called, -caller, candidate.priority, candidate.createdAt, candidate.id];
    const place = best === null ? 0 : rank.findIndex((value, index) => value !== best?.rank[index]);
    const [own, theirs] = [rank[place], best?.rank[place]];
    if (best === null || (own !== undefined && theirs !== undefined && own < theirs)) best = { rule: candidate, rank };
  }
  return best?.rule ?? null;
};

const pairsPerRun = 20;

test("of 10,000 random callers and destinations each takes the rule that a plain reading of the order gives it", () => {
  let matched = 0;
  const pairs = fc.array(
    fc.tuple(
      fc.oneof(number, named),
      fc.oneof({ weight: 18, arbitrary: number }, { weight: 1, arbitrary: elsewhere }, { weight: 1, arbitrary: named }),
    ),
    {
      minLength: pairsPerRun,
      maxLength: pairsPerRun,
    },
  );
  fc.assert(
    fc.property(rules, pairs, (outboundRules, parties) => {
      const plan = compilePlan(sampleSource({ tenant: { ...sampleTenant, country: "GB" }, outboundRules }));
      const inListOrder = outboundRules
        .map((each) => ({ ...outboundOrder(each, "GB"), id: each.id }))
        .sort(compareOrders)
        .map(({ id }) => id);
      for (const [from, to] of parties) {
        const expected = plainWinner(outboundRules, from, to);
        const route = routeCall(plan, { from: from.written, to: to.written, direction: "outbound" });
        expect(route.rule?.id ?? null).toBe(expected?.id ?? null);
        // What a list shows first of the rules for this call is what takes it.
        const forThisCall = new Set(outboundRules.filter((each) => plainWinner([each], from, to) !== null).map(({ id }) => id));
        expect(inListOrder.find((id) => forThisCall.has(id)) ?? null).toBe(expected?.id ?? null);
        if (expected !== null) matched += 1;
      }
    }),
    { seed, numRuns: 10_000 / pairsPerRun },
  );
  // Else the model and the resolver would agree about nothing.
  expect(matched).toBeGreaterThan(3_000);
});
