/** A simulation is the claim that it predicts, and leaves no trace. */
import { explainMembers } from "@switchboard/routing/member-standing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createRedisEngine, openSharedRedis } from "./cases/redis-engine-fixture.ts";
import { playStory, storyArbitrary } from "./cases/simulation-fixture.ts";
import { outboundRequest } from "./cases/outbound-cases-fixture.ts";
import { createWorld, start, type World } from "./cases/world-fixture.ts";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { createSimulateClaim } from "./simulate.ts";

let redis: RedisClient;
beforeAll(async () => {
  redis = await openSharedRedis(inject("redisUrl"));
});
afterAll(async () => {
  await redis.quit();
});

/** Everything that Redis holds of the tenant. Hashes in the order of their fields: their own changes when they are read. */
const kept = async ({ tenantId }: World): Promise<Map<string, unknown>> => {
  const values = new Map<string, unknown>();
  for (const key of (await redis.keys(`${tenantScriptKeys(tenantId)[1]}*`)).sort()) {
    const isHash = (await redis.type(key)) === "hash";
    const value = isHash
      ? Object.entries(await redis.hgetallBuffer(key)).sort(([a], [b]) => (a < b ? -1 : 1))
      : await redis.dumpBuffer(key);
    values.set(key, value);
  }
  return values;
};

test("whatever happened before, a simulated call gets what the next real one gets, and Redis holds what it held", async () => {
  const outcomes = new Map<string, number>();
  const count = (name: string) => outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
  const property = fc.asyncProperty(storyArbitrary, async (story) => {
    const world = createWorld();
    const engine = createRedisEngine(redis);
    const { request, nowMs } = await playStory(engine, world, story);
    const before = await kept(world);
    const simulated = await createSimulateClaim(redis, () => nowMs)(request);
    expect(await kept(world)).toEqual(before);
    const outcome = await engine.claim({ ...request, callId: world.newCall() }, nowMs);
    if (outcome.kind !== "decided" || simulated === null) throw new Error("nothing was decided");
    expect(simulated).toMatchObject({ decision: outcome.decision, targetStartedAt: outcome.targetStartedAt, decidedAt: nowMs });

    // Its explanation says the same: in each target asked nobody was available, but in the one that took the call.
    const { decision, tenant, targets } = simulated;
    const available = targets.map(({ members }) => explainMembers(members, { tenant, nowMs }).filter(({ why }) => why === null));
    const taken = decision.kind === "agent" ? available.pop() : [];
    expect(available.flat()).toEqual([]);
    if (decision.kind === "agent") expect(taken?.map(({ standing }) => standing.agentId)).toContain(decision.agentId);
    count(`${decision.kind} ${decision.reason}`);
  });
  await fc.assert(property, { seed: 20_261_123, numRuns: 400 });
  // The stories reach what a claim can come to.
  expect(Object.fromEntries(outcomes)).toMatchObject({
    "agent matched": expect.any(Number),
    "agent all_at_capacity": expect.any(Number),
    "agent no_members": expect.any(Number),
    "agent none_eligible": expect.any(Number),
    "reject tenant_at_capacity": expect.any(Number),
  });
});

test("a simulated outbound call is refused exactly when the next real one is one too many", async () => {
  const world = createWorld();
  const engine = createRedisEngine(redis);
  const refusals: boolean[] = [];
  for (let second = 0; second < 150; second += 10) {
    const nowMs = start + second * 1_000;
    const request = outboundRequest(world, { maxConcurrent: 9, maxPerMinute: 4 });
    const before = await kept(world);
    const simulated = await createSimulateClaim(redis, () => nowMs)(request);
    expect(await kept(world)).toEqual(before);
    const outcome = await engine.claim({ ...request, callId: world.newCall() }, nowMs);
    expect(simulated?.decision).toEqual(outcome.kind === "decided" && outcome.decision);
    refusals.push(simulated?.decision.reason === "outbound_limit");
  }
  expect(refusals.map(Number).join("")).toBe("000011000011000");
});
