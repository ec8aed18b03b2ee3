/** Claims that go to Redis together are told, and leave behind, what they would one after the other. */
import type { ClaimRequest } from "@switchboard/routing/claim";
import { createModelEngine } from "@switchboard/routing/model-engine";
import type { DialResult } from "@switchboard/routing/journal-event";
import fc from "fast-check";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { createRedisEngine, openSharedRedis } from "./cases/redis-engine-fixture.ts";
import { configuration } from "./cases/simulation-fixture.ts";
import { builtIn, createWorld, group, member, start, target } from "./cases/world-fixture.ts";
import { createClaim } from "./claim.ts";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";

let redis: RedisClient;
beforeAll(async () => {
  redis = await openSharedRedis(inject("redisUrl"));
});
afterAll(async () => {
  await redis.quit();
});

const results = ["busy", "no-answer", "failed", "completed"] as const satisfies readonly DialResult[];
const round = fc.record({
  newCalls: fc.integer({ min: 0, max: 20 }),
  /** Calls of the round before whose dial has ended, and how; the others are asked again, as a platform may. */
  ended: fc.array(fc.constantFrom(...results), { maxLength: 10 }),
  seconds: fc.constantFrom(0, 1, 20, 61, 125),
});
const story = fc.record({ configured: configuration, rounds: fc.array(round, { minLength: 1, maxLength: 6 }) });

test("whatever comes together, each call is told what it would be told alone, and the agents stand as they would", async () => {
  let together = 0;
  let ends = 0;
  const property = fc.asyncProperty(story, async ({ configured, rounds }) => {
    const world = createWorld();
    const [engine, model] = [createRedisEngine(redis), createModelEngine()];
    // One object for all calls, as the plan has it: by it they are known to go the same way.
    const [chain, windowHoursInUse] = [
      [...configured.groups.map(target), builtIn],
      [1, 24, 48],
    ];
    const { tenantCapacity } = configured;
    let nowMs = start;
    let before: ClaimRequest[] = [];
    for (const { newCalls, ended, seconds } of rounds) {
      nowMs += seconds * 1_000;
      const fresh = Array.from({ length: newCalls }, () => world.request({ chain, tenantCapacity, windowHoursInUse }));
      const again = before.flatMap((request, index): ClaimRequest[] => {
        const result = ended[index];
        const outcome = model.claim(request, nowMs);
        if (result === undefined || outcome.kind !== "decided" || outcome.decision.kind !== "agent") return [request];
        const next = world.afterDial(request, outcome, result, nowMs);
        return [{ ...next, chain: next.chain[0]?.kind === "hangup" ? next.chain : chain }];
      });
      const goesTheSameWay = (request: ClaimRequest) => request.chain === chain && request.reason === null;
      const atOnce = [...again.filter(goesTheSameWay), ...fresh, ...fresh.slice(0, 2)];
      const asked = Promise.all(atOnce.map((request) => engine.claim(request, nowMs)));
      expect(await asked).toEqual(atOnce.map((request) => model.claim(request, nowMs)));
      together += atOnce.length;
      ends += atOnce.filter(({ ended }) => ended !== null).length;
      for (const request of again.filter((each) => !goesTheSameWay(each))) {
        expect(await engine.claim(request, nowMs)).toEqual(model.claim(request, nowMs));
      }
      before = atOnce.filter(({ step }) => step === 1);
    }
    const agents = configured.groups.flatMap(({ members }) => members.map(({ agentId }) => agentId));
    const [theirs, ours] = [await engine.figures(world.tenantId, agents, nowMs), model.figures(world.tenantId, nowMs)];
    expect({ leases: theirs.leases, live: theirs.live.toSorted() }).toEqual({ leases: ours.leases, live: ours.live.toSorted() });
    for (const id of agents)
      expect(theirs.agents.get(id)).toMatchObject(ours.agents.get(id) ?? { activeCalls: 0, health: "healthy", callsInWindow: 0 });
  });
  await fc.assert(property, { seed: 20_261_123, numRuns: 150 });
  expect(together).toBeGreaterThan(2_000);
  // Dials that ended, in the middle of them.
  expect(ends).toBeGreaterThan(200);
});

test("calls of one rule that come in one turn of the event loop reach Redis as one command, up to sixteen", async () => {
  const world = createWorld();
  const chain = [target(group("round_robin", [member("a"), member("b")])), builtIn];
  const windowHoursInUse = [24];
  const claim = createClaim(redis);
  const next = () => world.request({ chain, windowHoursInUse });
  await claim(next());
  const sent = vi.spyOn(redis, "sendCommand");
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => claim(next())));
  expect(sent).toHaveBeenCalledTimes(2);
  sent.mockRestore();
  expect(outcomes.every(({ kind }) => kind === "decided")).toBe(true);
});

test("a target that Redis has forgotten is sent again for all that asked together", async () => {
  const world = createWorld();
  const of = group("round_robin", [member("a"), member("b")]);
  const chain = [target(of), builtIn];
  const windowHoursInUse = [24];
  const claim = createClaim(redis);
  const next = () => world.request({ chain, windowHoursInUse });
  await claim(next());
  await redis.del(`${tenantScriptKeys(world.tenantId)[1]}group:${of.id}`);
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => claim(next())));
  expect(outcomes.map((outcome) => outcome.kind === "decided" && outcome.decision.kind)).toEqual(Array(5).fill("agent"));
});

test("a target that no call has come to yet costs no second trip", async () => {
  const world = createWorld();
  const chain = [target(group("round_robin", [member("a")])), target(group("round_robin", [member("b")], { name: "spare" })), builtIn];
  const windowHoursInUse = [24];
  const claim = createClaim(redis);
  const sent = vi.spyOn(redis, "sendCommand");
  for (let count = 0; count < 4; count++) await claim(world.request({ chain, windowHoursInUse }));
  expect(sent).toHaveBeenCalledTimes(4);
  sent.mockRestore();
});
