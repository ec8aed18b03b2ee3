import fc from "fast-check";
import { expect, test } from "vitest";
import { leadingTo, loopThrough, reachedFrom } from "./fallback-loop.ts";
import type { TargetId } from "./ids.ts";
import { agt, grp } from "./sample-plan.ts";

test("a chain that comes back to where it began is named whole, also one that goes straight back", () => {
  const edges = new Map<TargetId, TargetId>([
    [grp("b"), grp("c")],
    [grp("c"), grp("a")],
    [grp("d"), agt(1)],
  ]);
  expect(loopThrough(grp("a"), grp("b"), edges)).toEqual([grp("a"), grp("b"), grp("c"), grp("a")]);
  expect(loopThrough(grp("a"), grp("a"), edges)).toEqual([grp("a"), grp("a")]);
  expect(loopThrough(agt(1), grp("d"), edges)).toEqual([agt(1), grp("d"), agt(1)]);
  expect(loopThrough(grp("x"), grp("d"), edges)).toBeNull();
  expect(loopThrough(grp("x"), null, edges)).toBeNull();
});

test("a circle of others, which no save could have closed, is walked once and not for ever", () => {
  const edges = new Map<TargetId, TargetId>([
    [grp("b"), grp("c")],
    [grp("c"), grp("b")],
  ]);
  expect(loopThrough(grp("a"), grp("b"), edges)).toBeNull();
  expect([...reachedFrom(grp("b"), edges)]).toEqual([grp("b"), grp("c")]);
  expect([...leadingTo(grp("b"), edges)]).toEqual([grp("b"), grp("c")]);
});

test("what leads to a target is what it is reached from", () => {
  const node = fc.nat(6).map((n) => grp(n));
  fc.assert(
    fc.property(fc.array(fc.tuple(node, node), { maxLength: 7 }), node, node, (pairs, from, to) => {
      const edges = new Map<TargetId, TargetId>(pairs);
      expect(leadingTo(to, edges).has(from)).toBe(reachedFrom(from, edges).has(to));
    }),
    { seed: 20260104, numRuns: 1_000 },
  );
});
