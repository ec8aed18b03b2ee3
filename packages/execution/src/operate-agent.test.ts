/** What operators do to an agent: at once, whole, and without touching the calls on the line. */
import { once } from "node:events";
import type { DialResult } from "@switchboard/routing/journal-event";
import type { CompiledGroup } from "@switchboard/routing/plan-source";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startOwnRedis } from "../../../tests/redis-server.ts";
import { createReadAgentFigures } from "./agent-figures.ts";
import { agentFor } from "./cases/engine-fixture.ts";
import { createRedisEngine, openSharedRedis } from "./cases/redis-engine-fixture.ts";
import { agent, createWorld, endedCall, group, member, start, type World } from "./cases/world-fixture.ts";
import { createRedisClient, type RedisClient } from "./client.ts";
import { journalKey, partitionOf } from "./keys.ts";
import { type AgentVerb, createOperateAgent } from "./operate-agent.ts";

let redis: RedisClient;
beforeAll(async () => {
  redis = await openSharedRedis(inject("redisUrl"));
});
afterAll(async () => {
  await redis.quit();
});

const open = (of: CompiledGroup, world: World = createWorld()) => {
  const engine = createRedisEngine(redis);
  return {
    world,
    call: (nowMs: number) => agentFor(engine, world.request({ group: of }), nowMs),
    /** A call whose dial ends so. */
    ended: async (result: DialResult, nowMs: number) => {
      const request = world.request({ group: of });
      const outcome = await engine.claim(request, nowMs);
      await engine.claim(world.afterDial(request, outcome, result, nowMs), nowMs);
      await engine.report(world.tenantId, request.callId, endedCall("cancel", nowMs), nowMs);
      return outcome.kind === "decided" && outcome.decision.kind === "agent" ? outcome.decision.agentId : null;
    },
    operate: (name: string, verb: AgentVerb, nowMs: number) =>
      createOperateAgent(redis, () => nowMs)({ tenantId: world.tenantId, agentId: agent(name), verb, targets: [of.id, agent(name)] }),
    figure: async (name: string, nowMs: number) => {
      const figure = (await createReadAgentFigures(redis, () => nowMs)(world.tenantId, [agent(name)], [24])).get(agent(name));
      if (!figure) throw new Error("no figure");
      return figure;
    },
    /** Changes of health, as journaled for this tenant. */
    changes: async () => {
      const entries = await redis.xrange(journalKey(partitionOf(world.tenantId)), "-", "+");
      const events = entries.map(([, fields]) => JSON.parse(fields[1] ?? ""));
      return events
        .filter((each) => each.tenantId === world.tenantId && each.type === "agent_health")
        .map(({ from, to, cause }) => [from, to, cause]);
    },
  };
};

const three = group("round_robin", [member("a"), member("b"), member("c")]);
const single = { settings: { maxAttempts: 1 } };

test("an agent ejected by an operator is passed over for 30 s times how often it was ejected, and nobody ejects it twice", async () => {
  const { operate, call, figure, changes } = open(three);
  expect(await operate("a", "eject", start)).toEqual({ before: "healthy", after: "ejected" });
  expect(await operate("a", "eject", start + 10_000)).toEqual({ before: "ejected", after: "ejected" });
  expect(await figure("a", start + 10_000)).toMatchObject({
    health: "ejected",
    ejectedUntil: start + 30_000,
    healthChange: { cause: "ejected by an operator", at: start },
  });
  for (let n = 0; n < 6; n++) expect(await call(start + 20_000)).not.toBe(agent("a"));
  expect(await figure("a", start + 30_000)).toMatchObject({
    health: "probing",
    healthChange: { cause: "ejection over", at: start + 30_000 },
  });
  expect(await operate("a", "eject", start + 31_000)).toEqual({ before: "ejected", after: "ejected" });
  expect((await figure("a", start + 31_000)).ejectedUntil).toBe(start + 31_000 + 60_000);
  expect(await changes()).toEqual([
    ["healthy", "ejected", "ejected by an operator"],
    ["ejected", "probing", "ejection over"],
    ["probing", "ejected", "ejected by an operator"],
  ]);
});

/** Four failures of a, in turns with b and c who answer: one more in a row would eject it. */
const failFourTimes = async ({ ended }: Pick<ReturnType<typeof open>, "ended">) => {
  for (let n = 0; n < 12; n++) {
    const met = await ended(n % 3 === 0 ? "no-answer" : "completed", start);
    if (n % 3 === 0) expect(met).toBe(agent("a"));
  }
};

test("an agent restored by an operator is healthy at once, its failures forgotten, and gets no more than its share", async () => {
  const { operate, ended, call, figure, changes } = open(group("round_robin", [member("a"), member("b"), member("c")], single));
  await failFourTimes({ ended });
  await operate("a", "eject", start);
  expect(await operate("a", "restore", start + 1_000)).toEqual({ before: "ejected", after: "healthy" });
  await failFourTimes({ ended });
  const taken = [];
  for (let n = 0; n < 9; n++) taken.push(await call(start + 2_000));
  expect(taken.filter((id) => id === agent("a"))).toHaveLength(3);
  expect(await figure("a", start + 2_000)).toMatchObject({ health: "healthy", healthChange: { cause: "restored by an operator" } });
  expect(await changes()).toEqual([
    ["healthy", "ejected", "ejected by an operator"],
    ["ejected", "healthy", "restored by an operator"],
  ]);
});

test.each(["round_robin", "load_balanced", "priority"] as const)(
  "counters that start anew leave calls on the line alone and bring an agent no flood (%s)",
  async (strategy) => {
    const of = group(strategy, [member("a"), member("b"), member("c")]);
    const { operate, ended, call, figure } = open(of);
    for (let n = 0; n < 60; n++) await ended("completed", start + n * 1_000);
    const held = [await call(start + 61_000), await call(start + 61_000), await call(start + 61_000)];
    expect(new Set(held).size).toBe(3);
    const before = await figure("a", start + 62_000);
    expect(before).toMatchObject({ activeCalls: 1, callsInWindow: { 24: 21 } });
    expect(await operate("a", "reset_counters", start + 62_000)).toEqual({ before: "healthy", after: "healthy" });
    expect(await figure("a", start + 62_000)).toEqual({ ...before, callsInWindow: { 24: 0 } });
    const taken = [];
    for (let n = 0; n < 30; n++) taken.push(await call(start + 63_000));
    expect(taken.filter((id) => id === agent("a")).length).toBeGreaterThanOrEqual(9);
    expect(taken.filter((id) => id === agent("a")).length).toBeLessThanOrEqual(11);
  },
);

test("failures before a reset don't count towards the next ejection", async () => {
  const { operate, ended, figure } = open(group("round_robin", [member("a"), member("b"), member("c")], single));
  await failFourTimes({ ended });
  await operate("a", "reset_counters", start);
  await failFourTimes({ ended });
  expect(await figure("a", start)).toMatchObject({ health: "healthy" });
});

test("while the figures are being rebuilt nothing is done", async () => {
  await using server = await startOwnRedis();
  const wiped = createRedisClient({ url: server.url, cluster: false, role: "jobs" });
  await once(wiped, "ready");
  const { tenantId } = createWorld();
  const operate = createOperateAgent(wiped, () => start);
  expect(await operate({ tenantId, agentId: agent("a"), verb: "eject", targets: [] })).toBeNull();
  expect(await wiped.keys("*")).toEqual([]);
  wiped.disconnect();
});
