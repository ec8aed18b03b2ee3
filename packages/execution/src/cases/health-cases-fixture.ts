/** Agents that fail: ejection, its limits, and the way back. */
import type { AgentId } from "@switchboard/routing/ids";
import type { DialResult } from "@switchboard/routing/journal-event";
import type { CompiledGroup } from "@switchboard/routing/plan-source";
import { expect } from "vitest";
import { agentFor, type Case, type Engine } from "./engine-fixture.ts";
import { agent, createWorld, endedCall, group, member, start, type World } from "./world-fixture.ts";

type CallOptions = { of: CompiledGroup; at: number; resultOf: (agentId: AgentId) => DialResult };

/** One call: dialled until somebody answers or nobody is left; answers whom it met. */
async function oneCall(engine: Engine, world: World, { of, at: nowMs, resultOf }: CallOptions): Promise<AgentId[]> {
  let request = world.request({ group: of });
  const met: AgentId[] = [];
  for (;;) {
    const outcome = await engine.claim(request, nowMs);
    if (outcome.kind !== "decided") throw new Error(outcome.kind);
    if (outcome.decision.kind !== "agent") return met;
    met.push(outcome.decision.agentId);
    const result = resultOf(outcome.decision.agentId);
    request = world.afterDial(request, outcome, result, nowMs);
  }
}

const answered = (): DialResult => "completed";
const failsAt =
  (name: string) =>
  (id: AgentId): DialResult =>
    id === agent(name) ? "no-answer" : "completed";
const three = group("round_robin", [member("a"), member("b"), member("c")]);

async function healthOf(engine: Engine, world: World, name: string, nowMs: number): Promise<string | undefined> {
  return (await engine.figures(world.tenantId, [agent(name)], nowMs)).agents.get(agent(name))?.health;
}

export const healthCases: Case[] = [
  {
    name: "an agent that always fails beside two healthy ones gets five calls, then one probe for each ejection",
    run: async (engine) => {
      const world = createWorld();
      const met: number[] = [];
      for (let second = 0; second < 300; second++) {
        const agents = await oneCall(engine, world, { of: three, at: start + second * 1000, resultOf: failsAt("a") });
        if (agents.includes(agent("a"))) met.push(second);
      }
      const [fifth = 0, first = 0, second = 0] = met.slice(4);
      // Ejected for 30, 60, 90, 120 s: within 300 s at most four probes.
      expect(met.length).toBeLessThanOrEqual(9);
      expect(first - fifth).toBeGreaterThanOrEqual(30);
      expect(second - first).toBeGreaterThanOrEqual(60);
    },
  },
  {
    name: "ejected members are never all passed over: the longest ejected is, the other is called",
    run: async (engine) => {
      const world = createWorld();
      const of = group("round_robin", [member("a"), member("b")], { settings: { maxAttempts: 1 } });
      for (let call = 0; call < 10; call++) await oneCall(engine, world, { of, at: start + call * 100, resultOf: () => "failed" });
      expect([await healthOf(engine, world, "a", start + 1000), await healthOf(engine, world, "b", start + 1000)]).toEqual([
        "ejected",
        "ejected",
      ]);
      expect(await oneCall(engine, world, { of, at: start + 2000, resultOf: answered })).toEqual([agent("b")]);
    },
  },
  {
    name: "probing takes one call at a time; two answered ones, then a minute of ramping lead back to health",
    run: async (engine) => {
      const world = createWorld();
      for (let call = 0; call < 15; call++) await oneCall(engine, world, { of: three, at: start, resultOf: failsAt("a") });
      expect(await healthOf(engine, world, "a", start)).toBe("ejected");
      const back = start + 31_000;
      const held = Array.from({ length: 6 }, () => world.request({ group: three }));
      const taken = [];
      for (const request of held) taken.push(await agentFor(engine, request, back));
      expect(taken.filter((id) => id === agent("a"))).toHaveLength(1);
      expect(await healthOf(engine, world, "a", back)).toBe("probing");
      for (const { callId } of held) await engine.report(world.tenantId, callId, endedCall("cancel", back), back);
      for (let call = 0; call < 9; call++) await oneCall(engine, world, { of: three, at: back + 1000, resultOf: answered });
      expect(await healthOf(engine, world, "a", back + 1000)).toBe("ramping");
      await oneCall(engine, world, { of: three, at: back + 62_000, resultOf: answered });
      expect(await healthOf(engine, world, "a", back + 62_000)).toBe("healthy");
    },
  },
  {
    name: "a ramping agent gets less than its share of calls",
    run: async (engine) => {
      const world = createWorld();
      for (let call = 0; call < 15; call++) await oneCall(engine, world, { of: three, at: start, resultOf: failsAt("a") });
      const back = start + 31_000;
      for (let call = 0; call < 9; call++) await oneCall(engine, world, { of: three, at: back, resultOf: answered });
      const met = [];
      for (let call = 0; call < 60; call++) met.push(...(await oneCall(engine, world, { of: three, at: back + 1000, resultOf: answered })));
      expect(met.filter((id) => id === agent("a")).length).toBeLessThanOrEqual(5);
    },
  },
  {
    name: "busy counts half a failure, canceled nothing, no result a whole one",
    run: async (engine) => {
      const results = [
        ["busy", 9, "healthy"],
        ["busy", 10, "ejected"],
        ["canceled", 30, "healthy"],
        ["unknown", 5, "ejected"],
      ] as const;
      for (const [result, calls, health] of results) {
        const world = createWorld();
        const of = group("round_robin", [member("a")]);
        for (let call = 0; call < calls; call++) await oneCall(engine, world, { of, at: start + call * 20_000, resultOf: () => result });
        expect(await healthOf(engine, world, "a", start + (calls - 1) * 20_000), `${calls} × ${result}`).toBe(health);
      }
    },
  },
];
