/** One table of cases, run on the pure model and on the real scripts. */
import { createModelEngine } from "@switchboard/routing/model-engine";
import { afterAll, beforeAll, describe, inject, test } from "vitest";
import { callCases } from "./cases/call-cases-fixture.ts";
import { capacityCases } from "./cases/capacity-cases-fixture.ts";
import type { Engine } from "./cases/engine-fixture.ts";
import { healthCases } from "./cases/health-cases-fixture.ts";
import { lateStepCases } from "./cases/late-step-cases-fixture.ts";
import { outboundCases } from "./cases/outbound-cases-fixture.ts";
import { createRedisEngine, openSharedRedis } from "./cases/redis-engine-fixture.ts";
import { rotationCases } from "./cases/rotation-cases-fixture.ts";
import { testCallCases } from "./cases/test-call-cases-fixture.ts";
import type { RedisClient } from "./client.ts";

const cases = [...rotationCases, ...capacityCases, ...callCases, ...healthCases, ...outboundCases, ...lateStepCases, ...testCallCases];

function modelEngine(): Engine {
  const model = createModelEngine();
  return {
    claim: async (request, nowMs) => model.claim(request, nowMs),
    report: async (tenantId, callId, evidence, nowMs) => model.report(tenantId, callId, evidence, nowMs),
    sweep: async (_, nowMs) => model.sweep(nowMs),
    figures: async (tenantId, agentIds, nowMs) => {
      const { agents, leases, live } = model.figures(tenantId, nowMs);
      const unused = { activeCalls: 0, health: "healthy", callsInWindow: 0 } as const;
      return { agents: new Map(agentIds.map((id) => [id, agents.get(id) ?? unused])), leases, live };
    },
  };
}

describe("the pure model", () => {
  test.each(cases)("$name", async ({ run }) => run(modelEngine()));
});

describe("Redis", () => {
  let redis: RedisClient;
  beforeAll(async () => {
    redis = await openSharedRedis(inject("redisUrl"));
  });
  afterAll(async () => {
    await redis.quit();
  });
  test.each(cases)("$name", async ({ run }) => run(createRedisEngine(redis)));
});
