import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePlan, compilePlanInSlices, type Plan } from "./plan.ts";
import type { PlanSource } from "./plan-source.ts";
import { routeCall } from "./route-call.ts";
import { grp, inboundRule, outboundRule, sampleGroup, sampleMember, sampleSource, toGroup } from "./sample-plan.ts";

const seed = 20260106;

const compileAfter = (before: Plan, source: PlanSource): Plan => {
  const slices = compilePlanInSlices(source, 3, before);
  for (;;) {
    const step = slices.next();
    if (step.done) return step.value;
  }
};

const patterns = ["+1555010000", "+1555*", "+15*", "0155*", "*"];
/** A rule by its number: gone, or with one of few patterns, callers, priorities. */
const version = fc.option(
  fc.record({
    pattern: fc.constantFrom(...patterns),
    callerPattern: fc.constantFrom(null, null, "+1444*"),
    priority: fc.constantFrom(1, 100),
    enabled: fc.nat(5).map((n) => n > 0),
  }),
  { nil: null, freq: 3 },
);
type Version = typeof version extends fc.Arbitrary<infer V> ? V : never;

const sourceOf = (versions: Version[], country: string | null, version: number): PlanSource =>
  sampleSource({
    version,
    tenant: { ...sampleSource().tenant, country },
    inboundRules: versions.flatMap((each, index) => (each === null ? [] : [inboundRule(index, each.pattern, each)])),
    outboundRules: versions.flatMap((each, index) =>
      each === null ? [] : [outboundRule(index, { prefix: each.pattern, callerIdPrefix: each.callerPattern, priority: each.priority })],
    ),
  });

test("a plan compiled from the one before routes every call as one compiled anew, however much has changed", () => {
  const country = fc.constantFrom("US", "US", "US", "GB");
  const lists = fc
    .tuple(fc.constantFrom(4, 12, 150), fc.nat(2))
    .chain(([size, edits]) =>
      fc.tuple(
        fc.array(version, { minLength: size, maxLength: size }),
        fc.array(fc.tuple(fc.nat(size - 1), version), { maxLength: edits === 0 ? 250 : 4 }),
      ),
    );
  fc.assert(
    fc.property(lists, country, country, ([first, edits], countryBefore, countryAfter) => {
      const second = [...first];
      for (const [index, edit] of edits) second[index] = edit;
      const plan = compileAfter(compilePlan(sourceOf(first, countryBefore, 1)), sourceOf(second, countryAfter, 2));
      const anew = compilePlan(sourceOf(second, countryAfter, 2));
      expect(plan.version).toBe(2);
      expect(new Map([...plan.inbound.rules].toSorted())).toEqual(new Map([...anew.inbound.rules].toSorted()));
      expect(new Map([...plan.outbound.rules].toSorted())).toEqual(new Map([...anew.outbound.rules].toSorted()));
      for (const to of ["+1555010000", "+15550199", "+15", "01555010000", "+44155", "anonymous"]) {
        for (const from of ["+14445550100", "+1333"]) {
          for (const direction of ["inbound", "outbound"] as const) {
            expect(routeCall(plan, { from, to, direction })).toEqual(routeCall(anew, { from, to, direction }));
          }
        }
      }
    }),
    { seed, numRuns: 600 },
  );
});

test("a reload that changes an agent and one of many rules keeps the rules' index, and the plan before keeps its agents", () => {
  const rules = Array.from({ length: 1_000 }, (_, index) => inboundRule(index, `+1${2_000_000_000 + index}`));
  const source = sampleSource({ inboundRules: rules });
  const before = compilePlan(source);
  const { inboundRules } = sampleSource({ inboundRules: rules.with(7, inboundRule(7, "+15550100001")) });
  const [agent] = source.agents;
  if (!agent) throw new Error("no agent");
  const after = compileAfter(before, { ...source, version: 2, inboundRules, agents: [{ ...agent, capacity: 3 }] });
  expect(after.inbound).toBe(before.inbound);
  expect([before.agents.get(agent.id)?.capacity, after.agents.get(agent.id)?.capacity]).toEqual([null, 3]);
  const route = routeCall(after, { from: "+1", to: "+15550100001", direction: "inbound" });
  expect(route.rule?.id).toBe(rules[7]?.id);
});

test("a rule that a reload changes leads elsewhere at once, also by the plan that is about to be replaced", () => {
  const groups = [1, 2].map((name) => sampleGroup(name, [sampleMember(1)]));
  const sourceTo = (name: number, version: number) =>
    sampleSource({ version, groups, inboundRules: [inboundRule(1, "*", { target: toGroup(name) })] });
  const targetBy = (plan: Plan) => {
    const [first] = routeCall(plan, { from: "+1", to: "+15550100001", direction: "inbound" }).chain;
    return first?.kind === "target" ? first.group.id : null;
  };
  const before = compilePlan(sourceTo(1, 1));
  expect(targetBy(before)).toBe(grp(1));
  const after = compileAfter(before, sourceTo(2, 2));
  expect([targetBy(before), targetBy(after)]).toEqual([grp(2), grp(2)]);
});

test("a reload that changes most rules leaves the plan before as it was until it is replaced", () => {
  const source = sampleSource({
    inboundRules: Array.from({ length: 300 }, (_, index) => inboundRule(index, `+1${2_000_000_000 + index}`)),
  });
  const before = compilePlan(source);
  const after = compileAfter(before, { ...sampleSource(), version: 2 });
  expect([before.inbound.rules.size, after.inbound.rules.size]).toEqual([300, 0]);
});
