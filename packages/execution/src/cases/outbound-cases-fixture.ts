/** How many outbound calls there may be, at the same time and in a minute. */
import type { OutboundCaps } from "@switchboard/routing/claim";
import type { ChainLink, Decision } from "@switchboard/routing/decision";
import { expect } from "vitest";
import { type Case, decide, type Engine } from "./engine-fixture.ts";
import { builtIn, createWorld, endedCall, group, member, start, type World } from "./world-fixture.ts";

const dial = (trunk: string): ChainLink => ({
  kind: "number",
  number: "+442012345678",
  trunk,
  callerId: null,
  timeoutSeconds: 30,
  timeLimitSeconds: 600,
  fallback: null,
});

const noLimit: OutboundCaps = { maxConcurrent: null, maxPerMinute: null };

/** The first step of an outbound call over two trunks. */
export const outboundRequest = (world: World, outboundCaps: OutboundCaps) => {
  const request = world.request({ chain: [dial("first"), dial("second"), builtIn], outboundCaps });
  return { ...request, facts: { ...request.facts, direction: "outbound" as const } };
};

const outcomeOf = ({ kind, reason }: Decision): string => (kind === "number" ? "dialled" : `${kind} ${reason}`);

const call = async (engine: Engine, world: World, outboundCaps: OutboundCaps, nowMs = start) => {
  const request = outboundRequest(world, outboundCaps);
  return { request, outcome: outcomeOf(await decide(engine, request, nowMs)) };
};

const tooMany = "reject outbound_limit";

export const outboundCases: Case[] = [
  {
    name: "of parallel outbound calls exactly as many are dialled as may be on the line, and one more for each that ends",
    run: async (engine) => {
      const world = createWorld();
      const caps = { ...noLimit, maxConcurrent: 3 };
      const calls = await Promise.all(Array.from({ length: 40 }, () => call(engine, world, caps)));
      const dialled = calls.filter(({ outcome }) => outcome === "dialled");
      expect([dialled.length, calls.filter(({ outcome }) => outcome === tooMany).length]).toEqual([3, 37]);
      for (const { request } of dialled.slice(0, 2)) {
        await engine.report(world.tenantId, request.callId, endedCall("nocredit", start + 1_000), start + 1_000);
      }
      const later = [];
      for (let n = 0; n < 4; n++) later.push((await call(engine, world, caps, start + 2_000)).outcome);
      expect(later).toEqual(["dialled", "dialled", tooMany, tooMany]);
    },
  },
  {
    name: "an outbound call of which nothing more is heard stops counting when its ringing must be over",
    run: async (engine) => {
      const world = createWorld();
      const caps = { ...noLimit, maxConcurrent: 1 };
      expect((await call(engine, world, caps)).outcome).toBe("dialled");
      expect((await call(engine, world, caps, start + 129_000)).outcome).toBe(tooMany);
      expect((await call(engine, world, caps, start + 131_000)).outcome).toBe("dialled");
    },
  },
  {
    name: "in any sixty seconds no more outbound calls begin than may",
    run: async (engine) => {
      const world = createWorld();
      const caps = { ...noLimit, maxPerMinute: 2 };
      const at = async (seconds: number) => (await call(engine, world, caps, start + seconds * 1_000)).outcome;
      expect([await at(0), await at(30), await at(59)]).toEqual(["dialled", "dialled", tooMany]);
      expect([await at(60), await at(61)]).toEqual(["dialled", tooMany]);
      expect([await at(90), await at(119), await at(120)]).toEqual(["dialled", tooMany, "dialled"]);
    },
  },
  {
    name: "an outbound call that is under way goes on to its next trunk whatever the caps, and a repeat counts once",
    run: async (engine) => {
      const world = createWorld();
      const caps = { maxConcurrent: 1, maxPerMinute: 1 };
      const { request, outcome } = await call(engine, world, caps);
      expect(outcome).toBe("dialled");
      expect(outcomeOf(await decide(engine, request, start))).toBe("dialled");
      const next = { ...request, step: 2, chain: [dial("second"), builtIn], firstLink: 1 };
      expect(await decide(engine, next, start + 1_000)).toMatchObject({ kind: "number", trunk: "second" });
      expect((await call(engine, world, caps, start + 2_000)).outcome).toBe(tooMany);
    },
  },
  {
    name: "a call that came in and is sent out counts among those that go out, and no more when it has an agent again",
    run: async (engine) => {
      const world = createWorld();
      const caps = { ...noLimit, maxConcurrent: 1 };
      const came = world.request({ group: group("round_robin", [member("a")]) });
      const first = await engine.claim(came, start);
      const ended = world.afterDial(came, first, "completed", start);
      const out = { ...ended, chain: [dial("first"), builtIn], reason: null, outboundCaps: caps, goesOut: true as const };
      expect(await decide(engine, out, start + 1_000)).toMatchObject({ kind: "number" });
      expect((await call(engine, world, caps, start + 2_000)).outcome).toBe(tooMany);
      const other = world.request({ group: group("round_robin", [member("b")], { name: "second" }) });
      const another = { ...world.afterDial(other, await engine.claim(other, start), "completed", start), ...out, callId: other.callId };
      expect(outcomeOf(await decide(engine, another, start + 2_000))).toBe(tooMany);
      const back = world.request({ callId: came.callId, step: 3, group: group("round_robin", [member("c")], { name: "other" }) });
      expect(await decide(engine, back, start + 3_000)).toMatchObject({ kind: "agent" });
      expect((await call(engine, world, caps, start + 4_000)).outcome).toBe("dialled");
    },
  },
  {
    name: "a cap of none refuses every outbound call, no cap none",
    run: async (engine) => {
      const world = createWorld();
      expect((await call(engine, world, { ...noLimit, maxConcurrent: 0 })).outcome).toBe(tooMany);
      expect((await call(engine, world, { ...noLimit, maxPerMinute: 0 })).outcome).toBe(tooMany);
      for (let n = 0; n < 30; n++) expect((await call(engine, world, noLimit)).outcome).toBe("dialled");
      expect((await call(engine, world, { ...noLimit, maxConcurrent: 30 })).outcome).toBe(tooMany);
    },
  },
];
