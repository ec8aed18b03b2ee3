/** What Redis holds of a tenant, test calls leave as it was: they add themselves to the board, and that is all. */
import type { ClaimRequest } from "@switchboard/routing/claim";
import type { Decision } from "@switchboard/routing/decision";
import { openEvidence } from "@switchboard/routing/evidence";
import type { RebuiltCall } from "@switchboard/routing/rebuild-snapshot";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createRedisEngine, openSharedRedis } from "./cases/redis-engine-fixture.ts";
import { agent, createWorld, endedCall, group, member, start, type World } from "./cases/world-fixture.ts";
import type { RedisClient } from "./client.ts";
import { partitionOf, tenantScriptKeys } from "./keys.ts";
import { createReadLiveCalls } from "./live-calls.ts";
import { createRebuild } from "./rebuild.ts";
import { createAdoptLocalDecision } from "./supersede.ts";

let redis: RedisClient;
beforeAll(async () => {
  redis = await openSharedRedis(inject("redisUrl"));
});
afterAll(async () => {
  await redis.quit();
});

const of = group("load_balanced", [member("a", { agentCapacity: 2 }), member("b")]);
const asTest = (request: ClaimRequest): ClaimRequest => ({ ...request, facts: { ...request.facts, test: true } });

/** Everything but the calls themselves, the board, and that the tenant is one for the sweep to look at. */
const figuresOf = async ({ tenantId }: World): Promise<Map<string, unknown>> => {
  const values = new Map<string, unknown>();
  const prefix = tenantScriptKeys(tenantId)[1];
  for (const key of (await redis.keys(`${prefix}*`)).sort()) {
    if (key.startsWith(`${prefix}call:`) || key === `${prefix}live`) continue;
    const isHash = (await redis.type(key)) === "hash";
    const fields = isHash ? Object.entries(await redis.hgetallBuffer(key)).filter(([field]) => field !== "listed") : null;
    values.set(key, fields ? fields.sort(([a], [b]) => (a < b ? -1 : 1)) : await redis.dumpBuffer(key));
  }
  return values;
};

test("dials that fail, words, ends and decisions brought back from a process leave every figure as it was", async () => {
  const [world, engine] = [createWorld(), createRedisEngine(redis)];
  await engine.claim(world.request({ group: of }), start);
  const before = await figuresOf(world);
  expect(before.size).toBeGreaterThan(0);

  for (let count = 0; count < 12; count++) {
    const first = asTest(world.request({ group: of }));
    const second = world.afterDial(first, await engine.claim(first, start), "failed", start);
    await engine.claim(second, start + 1_000);
    await engine.report(world.tenantId, first.callId, openEvidence("connected"), start + 2_000);
    if (count % 2 === 0) await engine.report(world.tenantId, first.callId, endedCall("completed", start + 3_000), start + 3_000);
  }
  // The claim of one ran, and its answer was lost: the process gave another.
  const lost = asTest(world.request({ group: of }));
  await engine.claim(lost, start + 4_000);
  const [base, limits] = [
    { link: 0, reason: "matched", fallback: null },
    { timeoutSeconds: 20, timeLimitSeconds: 600 },
  ] as const;
  for (const request of [lost, asTest(world.request({ group: of }))]) {
    const decision: Decision = { ...base, kind: "agent", targetId: of.id, agentId: agent("a"), attempt: 1, ...limits };
    const adopt = createAdoptLocalDecision(redis, () => start + 5_000);
    expect(await adopt({ ...request, decision, at: start + 4_100 })).toEqual({ kind: "adopted" });
    const ended = { step: 1, targetId: of.id, agentId: agent("a"), trunk: null, result: "failed" } as const;
    const next: Decision = { ...decision, agentId: agent("b"), attempt: 2 };
    expect(await adopt({ ...request, step: 2, ended, decision: next, at: start + 4_900 })).toEqual({ kind: "adopted" });
  }
  expect(await figuresOf(world)).toEqual(before);
  const { calls } = await createReadLiveCalls(redis, () => start + 5_000)(world.tenantId);
  expect(calls.map(({ facts, leased }) => `${facts.test === true} ${leased}`).toSorted()).toEqual([
    "false true",
    ...Array.from({ length: 8 }, () => "true false"),
  ]);
});

test("after a wiped Redis was rebuilt, a test call that was under way holds nobody and is still one", async () => {
  const [world, engine] = [createWorld(), createRedisEngine(redis)];
  const request = asTest(world.request({ group: of }));
  const outcome = await engine.claim(request, start);
  if (outcome.kind !== "decided") throw new Error(outcome.kind);
  const { session, direction, from, to, ruleId, receivedAt } = request.facts;
  const { decision } = outcome;
  const call: RebuiltCall = {
    ...{ callId: request.callId, session, direction, from, to, ruleId, receivedAt, test: true },
    ...{ state: "connected", evidence: openEvidence("connected"), reason: "matched", answeredAt: start },
    steps: [{ step: 1, decision, decidedAt: start, degraded: false, ended: false }],
  };
  const snapshot = { tenantId: world.tenantId, assignments: [], calls: [call] };
  await createRebuild(redis, () => start).rebuildPartition(partitionOf(world.tenantId), { job: "rebuild", token: 99 }, [snapshot]);
  const { calls } = await createReadLiveCalls(redis, () => start)(world.tenantId);
  expect(calls.map(({ callId, leased, facts }) => [callId, leased, facts.test])).toEqual([[request.callId, false, true]]);
  expect(await engine.claim(request, start + 1_000)).toMatchObject({ repeat: true, decision });
  expect((await engine.figures(world.tenantId, [agent("a"), agent("b")], start)).leases).toBe(0);
});
