/** Test calls: decided as the next real call would be, and as if they had never been for every real one. */
import { openEvidence } from "@switchboard/routing/evidence";
import type { ClaimRequest } from "@switchboard/routing/claim";
import type { DialResult } from "@switchboard/routing/journal-event";
import fc from "fast-check";
import { expect } from "vitest";
import { agentFor, type Case, decide, type Engine } from "./engine-fixture.ts";
import { outboundRequest } from "./outbound-cases-fixture.ts";
import { configuration, playStory, storyArbitrary } from "./simulation-fixture.ts";
import { agent, builtIn, createWorld, endedCall, group, member, start, target, type World } from "./world-fixture.ts";

const dayMs = 86_400_000;
const asTest = (request: ClaimRequest): ClaimRequest => ({ ...request, facts: { ...request.facts, test: true } });

const results = ["completed", "busy", "no-answer", "failed", "canceled"] as const satisfies readonly DialResult[];
const which = fc.nat({ max: 30 });
const event = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: "call" as const }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("dial_ended" as const), which, result: fc.constantFrom(...results) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("call_ended" as const), which }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("time" as const), seconds: fc.constantFrom(1, 20, 31, 61, 125, 3_600) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("test" as const),
      results: fc.array(fc.constantFrom(...results), { maxLength: 3 }),
      words: fc.subarray(["ringing", "connected", "completed"] as const),
    }),
  },
);
type StoryEvent = typeof event extends fc.Arbitrary<infer Each> ? Each : never;
type Configuration = typeof configuration extends fc.Arbitrary<infer Each> ? Each : never;
type Story = { configured: Configuration; events: StoryEvent[] };

const dialled = (outcome: Awaited<ReturnType<Engine["claim"]>>) => outcome.kind === "decided" && outcome.decision.kind === "agent";

type Played = { engine: Engine; world: World };
type TestCourse = Extract<StoryEvent, { kind: "test" }>;

/** A test call through its dials and its words; one that nothing ends is left to the sweep. */
const playTest = async ({ engine, world }: Played, first: ClaimRequest, course: TestCourse, nowMs: number) => {
  let request = asTest(first);
  let outcome = await engine.claim(request, nowMs);
  for (const result of course.results) {
    if (!dialled(outcome)) break;
    request = world.afterDial(request, outcome, result, nowMs);
    outcome = await engine.claim(request, nowMs);
  }
  for (const word of course.words) {
    const evidence = word === "completed" ? endedCall(word, nowMs) : openEvidence(word);
    await engine.report(world.tenantId, request.callId, evidence, nowMs);
  }
};

/** What every real call was told, and how all agents stand in the end. */
const play = async (engine: Engine, { configured, events }: Story, withTests: boolean) => {
  const world = createWorld();
  const agents = configured.groups.flatMap(({ members }) => members.map(({ agentId }) => agentId));
  const told: unknown[] = [];
  let nowMs = start;
  let open: { request: ClaimRequest; outcome: Awaited<ReturnType<Engine["claim"]>> }[] = [];
  const next = (more: Partial<ClaimRequest> = {}) =>
    world.request({
      chain: [...configured.groups.map(target), builtIn],
      tenantCapacity: configured.tenantCapacity,
      windowHoursInUse: [1, 24, 48],
      ...more,
    });
  const claim = async (request: ClaimRequest) => {
    const outcome = await engine.claim(request, nowMs);
    told.push(outcome);
    open.push({ request, outcome });
  };
  const takeOpen = (index: number) => {
    const chosen = open[index % Math.max(1, open.length)];
    open = open.filter((each) => each !== chosen);
    return chosen;
  };
  for (const each of events) {
    if (each.kind === "call") await claim(next());
    else if (each.kind === "time") nowMs += each.seconds * 1_000;
    else if (each.kind === "test") {
      const request = next();
      if (withTests) await playTest({ engine, world }, request, each, nowMs);
    } else {
      const chosen = takeOpen(each.which);
      if (!chosen) continue;
      if (each.kind === "call_ended") await engine.report(world.tenantId, chosen.request.callId, endedCall("completed", nowMs), nowMs);
      else if (dialled(chosen.outcome)) await claim(world.afterDial(chosen.request, chosen.outcome, each.result, nowMs));
    }
  }
  const figures = await engine.figures(world.tenantId, agents, nowMs);
  const standing = agents.map((id) => {
    const { activeCalls, callsInWindow, health } = figures.agents.get(id) ?? {};
    return { activeCalls, callsInWindow, health };
  });
  await engine.sweep(world.tenantId, nowMs + dayMs);
  const swept = await engine.figures(world.tenantId, agents, nowMs + dayMs);
  return { told, standing, leases: figures.leases, swept: { leases: swept.leases, live: swept.live } };
};

export const testCallCases: Case[] = [
  {
    name: "whatever test calls come between them and whatever comes of those, every real call is told the same",
    run: async (engine) => {
      const stories = fc.record({ configured: configuration, events: fc.array(event, { minLength: 1, maxLength: 40 }) });
      const property = fc.asyncProperty(stories, async (story) => {
        expect(await play(engine, story, true)).toEqual(await play(engine, story, false));
      });
      await fc.assert(property, { seed: 20_261_123, numRuns: 60 });
    },
  },
  {
    name: "a test call is told what the next real call is told, whatever happened before",
    run: async (engine) => {
      const property = fc.asyncProperty(storyArbitrary, async (story) => {
        const world = createWorld();
        const { request, nowMs } = await playStory(engine, world, story);
        const tried = asTest(request);
        const first = await engine.claim(tried, nowMs);
        expect(await engine.claim({ ...request, callId: world.newCall() }, nowMs)).toEqual(first);
        // Asked again it is told the same, though the next call would be told something else by now.
        expect(await engine.claim(tried, nowMs + 500)).toEqual({ ...first, repeat: true });
      });
      await fc.assert(property, { seed: 20_261_124, numRuns: 60 });
    },
  },
  {
    name: "a test call stands on the board until it ends, holds nobody, and meets no agent twice",
    run: async (engine) => {
      const world = createWorld();
      const first = asTest(world.request({ group: group("round_robin", [member("a", { agentCapacity: 1 }), member("b")]) }));
      const outcome = await engine.claim(first, start);
      expect(outcome).toMatchObject({ decision: { agentId: agent("a") } });
      expect(await agentFor(engine, world.afterDial(first, outcome, "failed", start), start)).toBe(agent("b"));
      await engine.report(world.tenantId, first.callId, openEvidence("connected"), start + 1_000);
      const figures = await engine.figures(world.tenantId, [agent("a"), agent("b")], start + 1_000);
      expect({ leases: figures.leases, live: figures.live }).toEqual({ leases: 0, live: [first.callId] });
      expect([...figures.agents.values()].map(({ activeCalls, callsInWindow }) => activeCalls + callsInWindow)).toEqual([0, 0]);
      await engine.report(world.tenantId, first.callId, endedCall("completed", start + 2_000), start + 2_000);
      expect((await engine.figures(world.tenantId, [], start + 2_000)).live).toEqual([]);
    },
  },
  {
    name: "test calls of which nothing more is heard are swept away",
    run: async (engine) => {
      const world = createWorld();
      await engine.claim(asTest(world.request({ group: group("round_robin", [member("a")]) })), start);
      expect((await engine.figures(world.tenantId, [], start)).live).toHaveLength(1);
      await engine.sweep(world.tenantId, start + 130_000);
      expect((await engine.figures(world.tenantId, [], start + 130_000)).live).toEqual([]);
    },
  },
  {
    name: "a test call out is one of no limit on outbound calls",
    run: async (engine) => {
      const world = createWorld();
      const caps = { maxConcurrent: 1, maxPerMinute: 1 };
      const tried = asTest(outboundRequest(world, caps));
      expect(await decide(engine, tried, start)).toMatchObject({ kind: "number" });
      await engine.report(world.tenantId, tried.callId, openEvidence("connected"), start);
      expect(await decide(engine, outboundRequest(world, caps), start)).toMatchObject({ kind: "number" });
    },
  },
];
