/** Steps that come late: after the call's end, or after a newer step. */
import { evidenceOfDisposition } from "@switchboard/routing/evidence";
import { expect } from "vitest";
import { type Case, decide, type Engine } from "./engine-fixture.ts";
import { agent, createWorld, endedCall, group, member, start, type World } from "./world-fixture.ts";

const names = ["a", "b", "c"] as const;
const agents = names.map(agent);
const threeAgents = () => group("round_robin", [member("a"), member("b"), member("c")]);

const cdr = (disposition: string, at: number) => {
  const evidence = evidenceOfDisposition(disposition, at, 0);
  if (!evidence) throw new Error(`${disposition} says nothing`);
  return evidence;
};

/** Per agent how many calls it holds, and how many it was given. */
const standing = async (engine: Engine, { tenantId }: World, nowMs: number) => {
  const { agents: figures, leases, live } = await engine.figures(tenantId, agents, nowMs);
  const of = agents.map((id) => figures.get(id));
  return { held: of.map((figure) => figure?.activeCalls), given: of.map((figure) => figure?.callsInWindow), leases, live };
};

export const lateStepCases: Case[] = [
  {
    name: "a dial result that comes after the call's end is answered, and holds nobody",
    run: async (engine) => {
      for (const end of [cdr("CANCEL", start + 1_000), endedCall("cancel", start + 1_000)]) {
        const world = createWorld();
        const first = world.request({ group: threeAgents() });
        const outcome = await engine.claim(first, start);
        await engine.report(world.tenantId, first.callId, end, start + 1_000);
        const late = world.afterDial(first, outcome, "busy", start + 2_000);
        expect(await decide(engine, late, start + 2_000)).toMatchObject({ kind: "agent", agentId: agent("b") });
        const after = { held: [0, 0, 0], given: [1, 1, 0], leases: 0, live: [] };
        expect(await standing(engine, world, start + 2_000)).toEqual(after);
        // A word that is later still brings nothing back.
        await engine.report(world.tenantId, first.callId, cdr("FAILED", start + 500), start + 3_000);
        expect(await standing(engine, world, start + 3_000)).toEqual(after);
      }
    },
  },
  {
    name: "a first request that comes after the call's end holds nobody",
    run: async (engine) => {
      const world = createWorld();
      const request = world.request({ group: threeAgents() });
      await engine.report(world.tenantId, request.callId, cdr("CANCEL", start), start);
      expect(await decide(engine, request, start + 1_000)).toMatchObject({ kind: "agent", agentId: agent("a") });
      expect(await standing(engine, world, start + 1_000)).toMatchObject({ held: [0, 0, 0], leases: 0, live: [] });
    },
  },
  {
    name: "a step that is asked for after a newer one holds nobody, and takes nothing from the newer one",
    run: async (engine) => {
      const world = createWorld();
      const first = world.request({ group: threeAgents() });
      const outcome = await engine.claim(first, start);
      const second = world.afterDial(first, outcome, "busy", start + 1_000);
      const third = {
        ...second,
        step: 3,
        ended: second.ended && { ...second.ended, step: 2, agentId: agent("c") },
        tried: [agent("a"), agent("c")],
      };
      expect(await decide(engine, third, start + 1_000)).toMatchObject({ kind: "agent", agentId: agent("b") });
      const newest = await standing(engine, world, start + 1_000);
      expect(newest).toMatchObject({ held: [0, 1, 0], leases: 1, live: [first.callId] });

      expect(await decide(engine, second, start + 2_000)).toMatchObject({ kind: "agent", agentId: agent("c") });
      expect(await standing(engine, world, start + 2_000)).toEqual({ ...newest, given: [1, 1, 1] });
      await engine.report(world.tenantId, first.callId, endedCall("completed", start + 9_000), start + 9_000);
      expect(await standing(engine, world, start + 9_000)).toMatchObject({ held: [0, 0, 0], leases: 0, live: [] });
    },
  },
  {
    name: "an older step that dials nobody does not end a call that has gone on",
    run: async (engine) => {
      const world = createWorld();
      const first = world.request({ group: threeAgents() });
      const second = world.afterDial(first, await engine.claim(first, start), "busy", start + 1_000);
      await decide(engine, { ...second, step: 3 }, start + 1_000);
      const before = await standing(engine, world, start + 1_000);
      const nobody = { ...second, chain: second.chain.slice(1), firstLink: 1 };
      expect(await decide(engine, nobody, start + 2_000)).toMatchObject({ kind: "hangup" });
      expect(await standing(engine, world, start + 2_000)).toEqual(before);
      await engine.sweep(world.tenantId, start + 500_000);
      expect(await standing(engine, world, start + 500_000)).toMatchObject({ held: [0, 0, 0], leases: 0, live: [] });
    },
  },
];
