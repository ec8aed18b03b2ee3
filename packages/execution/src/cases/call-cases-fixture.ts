/** One call through its steps: repeats, failover, reasons, late and lost words. */
import { openEvidence } from "@switchboard/routing/evidence";
import fc from "fast-check";
import { expect } from "vitest";
import { agentFor, type Case, decide } from "./engine-fixture.ts";
import { agent, builtIn, createWorld, endedCall, group, member, start, target } from "./world-fixture.ts";

const ringing = openEvidence("ringing");
const connected = openEvidence("connected");
const dayMs = 86_400_000;

const isEnd = (word: string): boolean => word === "completed" || word === "busy";
const evidenceOf = (word: string, at: number) =>
  isEnd(word) ? endedCall(word === "busy" ? "cancel" : "completed", at) : word === "ringing" ? ringing : connected;

export const callCases: Case[] = [
  {
    name: "the same call and step gets the same decision, also after its end, and is counted once",
    run: async (engine) => {
      const world = createWorld();
      const request = world.request({ group: group("round_robin", [member("a"), member("b")]) });
      const first = await engine.claim(request, start);
      const again = await Promise.all(Array.from({ length: 20 }, () => engine.claim(request, start + 500)));
      expect(first).toMatchObject({ kind: "decided", repeat: false, decidedAt: start });
      for (const outcome of again) expect(outcome).toEqual({ ...first, repeat: true });
      await engine.report(world.tenantId, request.callId, endedCall("completed", start + 1000), start + 1000);
      expect(await engine.claim(request, start + 2000)).toEqual({ ...first, repeat: true });
      const { agents, leases } = await engine.figures(world.tenantId, [agent("a"), agent("b")], start + 2000);
      expect([...agents.values()].map((figure) => figure.callsInWindow)).toEqual([1, 0]);
      expect(leases).toBe(0);
    },
  },
  {
    name: "a call meets no agent twice, in one group or over several, and ends with the reason of the first",
    run: async (engine) => {
      const world = createWorld();
      const one = group("round_robin", [member("a"), member("b")], { name: "one" });
      const two = group("round_robin", [member("b"), member("c")], { name: "two" });
      const chain = [target(one), target(two), builtIn];
      let request = world.request({ chain });
      const met: string[] = [];
      for (let at = start; ; at += 1000) {
        const outcome = await engine.claim(request, at);
        if (outcome.kind !== "decided") throw new Error(outcome.kind);
        const { decision } = outcome;
        if (decision.kind !== "agent") {
          expect(decision).toMatchObject({ kind: "hangup", reason: "attempts_exhausted", link: 2 });
          break;
        }
        met.push(decision.agentId);
        const next = world.afterDial(request, outcome, "no-answer", at);
        request = { ...next, chain: chain.slice(decision.link), firstLink: decision.link };
      }
      expect(met).toEqual([agent("a"), agent("b"), agent("c")]);
    },
  },
  {
    name: "who is talked to keeps the next agent for as long as they may talk: the platform says no more when that one answers",
    run: async (engine) => {
      const world = createWorld();
      const first = world.request({ group: group("round_robin", [member("a")]) });
      const outcome = await engine.claim(first, start);
      await engine.report(world.tenantId, first.callId, connected, start + 1_000);
      const settings = { ringSeconds: 20, maxCallSeconds: 600 };
      const other = group("round_robin", [member("b")], { name: "other", settings });
      const moved = { ...world.afterDial(first, outcome, "completed", start), chain: [target(other), builtIn] };
      expect(await agentFor(engine, moved, start + 2_000)).toBe(agent("b"));
      const leasesAt = async (atMs: number) => {
        await engine.sweep(world.tenantId, atMs);
        return (await engine.figures(world.tenantId, [agent("a"), agent("b")], atMs)).leases;
      };
      expect([await leasesAt(start + 681_000), await leasesAt(start + 683_000)]).toEqual([1, 0]);
    },
  },
  {
    name: "attempts stop at the group's limit, and when less than eight seconds are left",
    run: async (engine) => {
      const world = createWorld();
      const of = group("round_robin", [member("a"), member("b"), member("c")], { settings: { maxAttempts: 2 } });
      const first = world.request({ group: of });
      const second = world.afterDial(first, await engine.claim(first, start), "busy", start);
      const outcome = await engine.claim(second, start + 50_000);
      expect(outcome).toMatchObject({
        decision: { kind: "agent", attempt: 2, timeoutSeconds: 15, reason: "matched" },
        targetStartedAt: start,
      });
      const third = world.afterDial(second, outcome, "busy", start + 51_000);
      expect(await decide(engine, third, start + 51_000)).toMatchObject({ reason: "attempts_exhausted" });
      const slow = world.request({ group: of });
      const late = world.afterDial(slow, await engine.claim(slow, start), "busy", start);
      expect(await decide(engine, late, start + 58_000)).toMatchObject({ kind: "hangup", reason: "time_budget" });
    },
  },
  {
    name: "each reason why a target can't take a call is told apart",
    run: async (engine) => {
      const answerOf = async (...members: Parameters<typeof group>[1]) =>
        decide(engine, createWorld().request({ group: group("round_robin", members) }), start);
      expect(await answerOf()).toMatchObject({ kind: "hangup", reason: "no_members" });
      expect(await answerOf(member("a", { enabled: false }))).toMatchObject({ kind: "hangup", reason: "none_eligible" });
      expect(await answerOf(member("a", { agentCapacity: 0 }))).toMatchObject({ kind: "reject", reason: "all_at_capacity" });
      expect(await decide(engine, createWorld().request({ reason: "no_rule" }), start)).toMatchObject({
        kind: "hangup",
        reason: "no_rule",
        link: 0,
      });
    },
  },
  {
    name: "any order, repetition or loss of final events, then a sweep past every lease: leases are the true calls",
    run: async (engine) => {
      const word = fc.constantFrom("ringing", "connected", "completed", "busy", "lost");
      const property = fc.asyncProperty(fc.array(fc.array(word, { maxLength: 5 }), { minLength: 1, maxLength: 12 }), async (calls) => {
        const world = createWorld();
        const agents = ["a", "b", "c"].map(agent);
        const of = group(
          "load_balanced",
          ["a", "b", "c"].map((name) => member(name, { agentCapacity: 5 })),
        );
        let [at, open] = [start, 0];
        for (const words of calls) {
          const request = world.request({ group: of });
          const taken = await agentFor(engine, request, at);
          for (const said of words) {
            at += 1000;
            if (said !== "lost") await engine.report(world.tenantId, request.callId, evidenceOf(said, at), at);
          }
          if (taken !== null && !words.some(isEnd)) open++;
        }
        expect((await engine.figures(world.tenantId, agents, at)).leases).toBe(open);
        await engine.sweep(world.tenantId, at + dayMs);
        const after = await engine.figures(world.tenantId, agents, at + dayMs);
        expect({ leases: after.leases, live: after.live }).toEqual({ leases: 0, live: [] });
        expect([...after.agents.values()].map((figure) => figure.activeCalls)).toEqual([0, 0, 0]);
      });
      await fc.assert(property, { seed: 20_261_122, numRuns: 15 });
    },
  },
  {
    name: "a word about a call whose lease ran out takes it again, over the cap",
    run: async (engine) => {
      const world = createWorld();
      const of = group("round_robin", [member("a", { agentCapacity: 1 })]);
      const first = world.request({ group: of });
      await decide(engine, first, start);
      const later = start + 121_000;
      await engine.sweep(world.tenantId, later);
      expect(await agentFor(engine, world.request({ group: of }), later)).toBe(agent("a"));
      await engine.report(world.tenantId, first.callId, connected, later + 1000);
      expect((await engine.figures(world.tenantId, [agent("a")], later + 1000)).agents.get(agent("a"))?.activeCalls).toBe(2);
      await engine.report(world.tenantId, first.callId, endedCall("completed", later + 2000), later + 2000);
      expect((await engine.figures(world.tenantId, [agent("a")], later + 2000)).leases).toBe(1);
    },
  },
  {
    name: "a connected call keeps its lease for the longest talk and a minute",
    run: async (engine) => {
      const world = createWorld();
      const request = world.request({ group: group("round_robin", [member("a")], { settings: { maxCallSeconds: 600 } }) });
      await decide(engine, request, start);
      await engine.report(world.tenantId, request.callId, connected, start + 10_000);
      await engine.sweep(world.tenantId, start + 669_000);
      expect((await engine.figures(world.tenantId, [agent("a")], start + 669_000)).leases).toBe(1);
      await engine.sweep(world.tenantId, start + 671_000);
      expect((await engine.figures(world.tenantId, [agent("a")], start + 671_000)).leases).toBe(0);
    },
  },
];
