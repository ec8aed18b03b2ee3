import fc from "fast-check";
import { expect, test } from "vitest";
import type { SampleGroup } from "./sample-claim.ts";
import { agt } from "./sample-plan.ts";
import { countsOf, createRig, hour, minute, times } from "./sample-rig.ts";

const seed = 20260109;

test("weights 5, 1, 1 give K K K L M K K, over and over", () => {
  const { brief } = createRig({ members: [{ name: 1, weight: 5 }, 2, 3] });
  expect(times(14, brief)).toEqual([1, 1, 1, 2, 3, 1, 1, 1, 1, 1, 2, 3, 1, 1]);
});

test("round robin begins with the first member and gives n calls to n members", () => {
  expect(times(10, createRig({ members: [1, 2, 3, 4, 5] }).brief)).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
});

test("weights 1 to 5: in fifteen calls each member gets exactly its weight", () => {
  const members = [1, 2, 3, 4, 5].map((name) => ({ name, weight: name }));
  expect(Object.fromEntries(countsOf(times(15, createRig({ members }).brief)))).toEqual({ 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 });
});

test("the least loaded gets the call: ten calls, five members, two each", () => {
  const counts = countsOf(times(10, createRig({ strategy: "load_balanced", members: [1, 2, 3, 4, 5] }).brief));
  expect([...counts.values()]).toEqual([2, 2, 2, 2, 2]);
});

test("calls older than the window are not counted, and failed ones are", () => {
  const { brief, at, figures } = createRig({ strategy: "load_balanced", settings: { windowHours: 1 }, members: [1, 2] });
  expect(times(2, () => brief({ tried: [agt(2)] }))).toEqual([1, 1]);
  at(hour - minute);
  expect(times(2, brief)).toEqual([2, 2]);
  at(hour + minute);
  expect(brief()).toBe(1);
  expect(figures().agents.get(agt(2))?.callsInWindow).toBe(2);
});

test("the smaller priority takes every call until it can't, and takes them again when it can", () => {
  const group = (enabled: boolean, version: number): SampleGroup => ({
    strategy: "priority",
    version,
    members: [
      { name: 1, priority: 2 },
      { name: 2, priority: 1, enabled },
      { name: 3, priority: 3 },
    ],
  });
  const { brief, change } = createRig(group(true, 1));
  expect(times(5, brief)).toEqual([2, 2, 2, 2, 2]);
  change(group(false, 2));
  expect(times(3, brief)).toEqual([1, 1, 1]);
  change(group(true, 3));
  expect(brief()).toBe(2);
});

test("shares reach the weights within one call per cycle, whatever the weights", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }), (weights) => {
      const { brief } = createRig({ members: weights.map((weight, index) => ({ name: index + 1, weight })) });
      const cycle = weights.reduce((sum, weight) => sum + weight, 0);
      const counts = countsOf(times(cycle * 3, brief));
      for (const [index, weight] of weights.entries()) expect(Math.abs((counts.get(index + 1) ?? 0) - 3 * weight)).toBeLessThanOrEqual(1);
    }),
    { seed, numRuns: 200 },
  );
});

test("a member that joins or returns gets its share and no flood, by rotation and by load", () => {
  for (const strategy of ["round_robin", "load_balanced"] as const) {
    const { brief, change } = createRig({ strategy, members: [1, 2, 3] });
    times(300, brief);
    change({ strategy, version: 2, members: [1, 2, 3, 4] });
    expect(countsOf(times(100, brief)).get(4)).toBeLessThanOrEqual(26);
    change({ strategy, version: 3, members: [{ name: 1, enabled: false }, 2, 3, 4] });
    times(200, brief);
    change({ strategy, version: 4, members: [1, 2, 3, 4] });
    const counts = countsOf(times(100, brief));
    expect(counts.get(1)).toBeLessThanOrEqual(26);
    expect(counts.get(1)).toBeGreaterThanOrEqual(24);
  }
});

test("a member that starts empty is given the calls it lacks", () => {
  const settings = { newMemberStart: "empty" } as const;
  const { brief, change } = createRig({ strategy: "load_balanced", settings, members: [1, 2] });
  times(20, brief);
  change({ strategy: "load_balanced", settings, version: 2, members: [1, 2, 3] });
  expect(times(10, brief)).toEqual(times(10, () => 3));
});

test("a member that leaves changes nobody else's order", () => {
  const { brief, change } = createRig({ members: [1, 2, 3, 4] });
  expect(times(2, brief)).toEqual([1, 2]);
  change({ version: 2, members: [1, 2, 4] });
  expect(times(6, brief)).toEqual([4, 1, 2, 4, 1, 2]);
});

test("in a group with two healthy others an agent that always fails gets no more than its ejection allows", () => {
  const { call, after, at, nameOf, session } = createRig({ members: [1, 2, 3] });
  let failures = 0;
  for (let second = 0; second < 600; second += 2) {
    at(second * 1_000);
    const name = nameOf(call());
    if (name === 1) failures += 1;
    after(session(), Number(name), name === 1 ? "failed" : "completed");
  }
  // Five to the first ejection, then one probe for each: after 30, 60, 90 … seconds.
  expect(failures).toBeLessThanOrEqual(5 + 6);
});
