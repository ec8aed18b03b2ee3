/** Caps hold exactly: of agents, members and the tenant, however many claims arrive at once. */
import { expect } from "vitest";
import { agentFor, type Case, decide } from "./engine-fixture.ts";
import { agent, createWorld, endedCall, group, member, start } from "./world-fixture.ts";

export const capacityCases: Case[] = [
  {
    name: "10,000 parallel claims against caps 1, 3 and 7 give exactly eleven leases, and refuse nobody while a slot is free",
    run: async (engine) => {
      const world = createWorld();
      const of = group("load_balanced", [
        member("a", { agentCapacity: 1 }),
        member("b", { agentCapacity: 3 }),
        member("c", { agentCapacity: 7 }),
      ]);
      const claims = Array.from({ length: 10_000 }, () => agentFor(engine, world.request({ group: of }), start));
      const taken = await Promise.all(claims);
      expect(taken.slice(0, 11).every((id) => id !== null)).toBe(true);
      expect(taken.filter((id) => id !== null)).toHaveLength(11);
      const { agents, leases } = await engine.figures(world.tenantId, [agent("a"), agent("b"), agent("c")], start);
      expect([...agents.values()].map((figure) => figure.activeCalls)).toEqual([1, 3, 7]);
      expect(leases).toBe(11);
    },
  },
  {
    name: "a member's own cap holds for its group alone, the agent's over all groups",
    run: async (engine) => {
      const world = createWorld();
      const groupOf = (name: string) => group("round_robin", [member("a", { agentCapacity: 2, memberCapacity: 1 })], { name });
      const [one, two, three] = [groupOf("one"), groupOf("two"), groupOf("three")];
      const taken = [];
      for (const of of [one, one, two, two, three]) taken.push(await agentFor(engine, world.request({ group: of }), start));
      expect(taken.map((id) => id !== null)).toEqual([true, false, true, false, false]);
    },
  },
  {
    name: "the tenant's cap counts all its agents' leases, and a full chain of targets rejects as busy",
    run: async (engine) => {
      const world = createWorld();
      const of = group("round_robin", [member("a"), member("b")]);
      const request = () => world.request({ group: of, tenantCapacity: 2 });
      await decide(engine, request(), start);
      await decide(engine, request(), start);
      expect(await decide(engine, request(), start)).toMatchObject({ kind: "reject", rejectAs: "busy", reason: "tenant_at_capacity" });
    },
  },
  {
    name: "capacity 0 gives none, and an ended call's slot is free at once",
    run: async (engine) => {
      const world = createWorld();
      const of = group("round_robin", [member("a", { agentCapacity: 1 }), member("b", { agentCapacity: 0 })]);
      const first = world.request({ group: of });
      expect(await agentFor(engine, first, start)).toBe(agent("a"));
      expect(await agentFor(engine, world.request({ group: of }), start)).toBeNull();
      await engine.report(world.tenantId, first.callId, endedCall("completed", start + 1000), start + 1000);
      expect(await agentFor(engine, world.request({ group: of }), start + 1000)).toBe(agent("a"));
    },
  },
  {
    name: "a removed member that still talks keeps its place in the member's cap when it returns",
    run: async (engine) => {
      const world = createWorld();
      const a = member("a", { memberCapacity: 1 });
      await decide(engine, world.request({ group: group("round_robin", [a, member("b")]) }), start);
      await decide(engine, world.request({ group: group("round_robin", [member("b")]), planVersion: 2 }), start);
      const back = group("round_robin", [a, member("b")]);
      const taken = [];
      for (let call = 0; call < 3; call++) taken.push(await agentFor(engine, world.request({ group: back, planVersion: 3 }), start));
      expect(taken).toEqual([agent("b"), agent("b"), agent("b")]);
    },
  },
];
