/** Who takes the next call: rotation, weights, tiers, level start. */
import type { AgentId } from "@switchboard/routing/ids";
import type { CompiledGroup } from "@switchboard/routing/plan-source";
import fc from "fast-check";
import { expect } from "vitest";
import { agentFor, type Case, type Engine } from "./engine-fixture.ts";
import { createWorld, group, member, start, type World } from "./world-fixture.ts";

const nameOf = (id: AgentId | null): string => id?.slice(4).replace(/^0+/, "") ?? "-";

type PickOptions = { of: CompiledGroup; count: number; planVersion?: number; nowMs?: number };

async function picks(engine: Engine, world: World, { of, count, planVersion = 1, nowMs = start }: PickOptions): Promise<string[]> {
  const names: string[] = [];
  const windowHoursInUse = [of.settings.windowHours];
  for (let call = 0; call < count; call++) {
    const request = world.request({ group: of, planVersion, windowHoursInUse });
    names.push(nameOf(await agentFor(engine, request, nowMs)));
  }
  return names;
}

function countOf(names: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

const strategies = ["round_robin", "load_balanced", "priority"] as const;
const runs = { seed: 20_261_122, numRuns: 12 };

export const rotationCases: Case[] = [
  {
    name: "weights 5/1/1 interleave as K K K L M K K",
    run: async (engine) => {
      const of = group("round_robin", [member("k", { weight: 5 }), member("l"), member("m")]);
      expect((await picks(engine, createWorld(), { of, count: 14 })).join("")).toBe("kkklmkkkkklmkk");
    },
  },
  {
    name: "equal members all available differ by at most one call, whatever the strategy and their number",
    run: async (engine) => {
      const anyone = [fc.constantFrom(...strategies), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 })] as const;
      const property = fc.asyncProperty(...anyone, async (strategy, size, calls) => {
        const members = Array.from({ length: size }, (_, index) => member(`a${index}`));
        const counts = [...countOf(await picks(engine, createWorld(), { of: group(strategy, members), count: calls })).values()];
        const least = counts.length < size ? 0 : Math.min(...counts);
        expect(Math.max(...counts) - least).toBeLessThanOrEqual(1);
      });
      await fc.assert(property, runs);
    },
  },
  {
    name: "shares reach the weights within one call per cycle",
    run: async (engine) => {
      const property = fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 }), async (weights) => {
        const cycle = weights.reduce((sum, weight) => sum + weight, 0);
        const members = weights.map((weight, index) => member(`a${index}`, { weight }));
        const counts = countOf(await picks(engine, createWorld(), { of: group("round_robin", members), count: cycle * 2 }));
        for (const [index, weight] of weights.entries())
          expect(Math.abs((counts.get(`a${index}`) ?? 0) - weight * 2)).toBeLessThanOrEqual(1);
      });
      await fc.assert(property, runs);
    },
  },
  {
    name: "adding or removing a member changes no other's order",
    run: async (engine) => {
      const world = createWorld();
      const [a, b, c, d] = [member("a"), member("b"), member("c"), member("d")];
      const before = await picks(engine, world, { of: group("round_robin", [a, b, c]), count: 4 });
      const withNewcomer = await picks(engine, world, { of: group("round_robin", [a, b, c, d]), count: 8, planVersion: 2 });
      const without = await picks(engine, world, { of: group("round_robin", [a, c, d]), count: 6, planVersion: 3 });
      expect(before.join("")).toBe("abca");
      expect(withNewcomer.filter((name) => name !== "d").join("")).toMatch(/^bcabca/);
      expect(without.filter((name) => name !== "d").join("")).toMatch(/^(acac|caca)/);
    },
  },
  {
    name: "a lower tier gets nothing while a higher one has somebody free, and everything beyond its caps",
    run: async (engine) => {
      const of = group("priority", [member("a", { agentCapacity: 1 }), member("b", { agentCapacity: 1 }), member("c", { priority: 2 })]);
      expect((await picks(engine, createWorld(), { of, count: 4 })).join("")).toBe("abcc");
    },
  },
  {
    name: "a member that was full for long returns without a flood",
    run: async (engine) => {
      const world = createWorld();
      const a = member("a");
      await picks(engine, world, { of: group("round_robin", [a, member("b", { agentCapacity: 0 })]), count: 20 });
      const after = await picks(engine, world, { of: group("round_robin", [a, member("b")]), count: 10, planVersion: 2 });
      expect(countOf(after).get("b")).toBeLessThanOrEqual(6);
    },
  },
  {
    name: "a newcomer among four that starts level takes 25 or 26 of the next hundred calls",
    run: async (engine) => {
      const world = createWorld();
      const three = [member("a"), member("b"), member("c")];
      await picks(engine, world, { of: group("load_balanced", three), count: 300 });
      const later = { planVersion: 2, nowMs: start + 3_600_000 };
      const counts = countOf(await picks(engine, world, { of: group("load_balanced", [...three, member("d")]), count: 100, ...later }));
      expect(counts.get("d")).toBeGreaterThanOrEqual(25);
      expect(counts.get("d")).toBeLessThanOrEqual(26);
    },
  },
  {
    name: "a newcomer that starts empty takes every call until it has caught up",
    run: async (engine) => {
      const world = createWorld();
      const settings = { newMemberStart: "empty" } as const;
      await picks(engine, world, { of: group("load_balanced", [member("a"), member("b")], { settings }), count: 40 });
      const three = group("load_balanced", [member("a"), member("b"), member("c")], { settings });
      expect(countOf(await picks(engine, world, { of: three, count: 20, planVersion: 2 })).get("c")).toBe(20);
    },
  },
  {
    name: "calls leave the window with their minute, credits too",
    run: async (engine) => {
      const world = createWorld();
      const settings = { windowHours: 1, newMemberStart: "level" } as const;
      await picks(engine, world, { of: group("load_balanced", [member("a")], { settings }), count: 10 });
      const both = group("load_balanced", [member("a"), member("b")], { settings });
      const level = await picks(engine, world, { of: both, count: 4, planVersion: 2, nowMs: start + 59 * 60_000 });
      expect(countOf(level)).toEqual(
        new Map([
          ["a", 2],
          ["b", 2],
        ]),
      );
      const counts = countOf(await picks(engine, world, { of: both, count: 10, planVersion: 2, nowMs: start + 61 * 60_000 }));
      expect(counts).toEqual(
        new Map([
          ["a", 5],
          ["b", 5],
        ]),
      );
    },
  },
  {
    name: "a process with an older plan chooses only among members that the newer plan enables too",
    run: async (engine) => {
      const world = createWorld();
      const older = group("round_robin", [member("a"), member("b")]);
      await picks(engine, world, { of: older, count: 1 });
      await picks(engine, world, {
        of: group("round_robin", [member("a", { enabled: false }), member("b"), member("c")]),
        count: 1,
        planVersion: 2,
      });
      expect((await picks(engine, world, { of: older, count: 3 })).join("")).toBe("bbb");
    },
  },
];
