import { expect, test } from "vitest";
import { compilePlan, compilePlanInSlices, patchPlan, type Plan } from "./plan.ts";
import { routeCall } from "./route-call.ts";
import { inboundRule, outboundRule, rul, sampleSource } from "./sample-plan.ts";

const source = sampleSource({
  inboundRules: Array.from({ length: 1_000 }, (_, index) => inboundRule(index, `+1${2_000_000_000 + index}`)),
  outboundRules: Array.from({ length: 500 }, (_, index) => outboundRule(index, { prefix: `+44${index}` })),
});

test("a plan compiled in slices is the plan compiled at once, and it lets go as often as asked", () => {
  const slices = compilePlanInSlices(source, 100);
  let yields = 0;
  let step = slices.next();
  for (; !step.done; step = slices.next()) yields += 1;
  const found = (plan: Plan) =>
    [...source.inboundRules.values()].map((rule) => routeCall(plan, { from: "+1", to: rule.pattern, direction: "inbound" }).rule?.id);
  expect(found(step.value)).toEqual(found(compilePlan(source)));
  expect(new Set(found(step.value)).size).toBe(1_000);
  expect(yields).toBe(15);
});

test("a patched outbound rule counts at once, and a removed one no more", () => {
  const plan = compilePlan(sampleSource());
  const dial = () => routeCall(plan, { from: "+1", to: "+442079460000", direction: "outbound" }).rule?.id ?? null;
  expect(dial()).toBeNull();
  patchPlan(plan, { kind: "outbound", id: rul(1), rule: outboundRule(1, { prefix: "GB" }) }, 2);
  expect([plan.version, dial()]).toEqual([2, rul(1)]);
  patchPlan(plan, { kind: "outbound", id: rul(1), rule: outboundRule(1, { prefix: "+1" }) }, 3);
  expect(dial()).toBeNull();
  patchPlan(plan, { kind: "outbound", id: rul(1), rule: null }, 4);
  expect(plan.outbound.rules.size).toBe(0);
});

test("an edit of one among fifty thousand rules stays far below what the event loop would feel", () => {
  const many = Array.from({ length: 50_000 }, (_, index) => inboundRule(index, "*", { priority: index % 7, createdAt: -index }));
  const plan = compilePlan(sampleSource({ inboundRules: many }));
  const edits = many.filter((_, index) => index % 100 === 0);
  const startedAt = performance.now();
  for (const rule of edits) patchPlan(plan, { kind: "inbound", id: rule.id, rule: { ...rule, priority: 50 } }, 2);
  expect((performance.now() - startedAt) / edits.length).toBeLessThan(2);
});
