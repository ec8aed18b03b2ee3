/** What guards the jobs: locks, fences, the epoch, the rebuild from the records, and decisions taken without Redis. */
import { openEvidence } from "@switchboard/routing/evidence";
import type { RebuildSnapshot, RebuiltCall } from "@switchboard/routing/rebuild-snapshot";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startOwnRedis } from "../../../tests/redis-server.ts";
import { createReadAgentFigures } from "./agent-figures.ts";
import { openTestRedis } from "./cases/redis-engine-fixture.ts";
import { reportOf } from "./cases/report-fixture.ts";
import { agent, builtIn, createWorld, endedCall, group, member, start, target, type World } from "./cases/world-fixture.ts";
import { createAdvance } from "./advance.ts";
import { createClaim } from "./claim.ts";
import type { RedisClient } from "./client.ts";
import { createJournalReader } from "./journal.ts";
import { partitionOf, partitions, tenantScriptKeys } from "./keys.ts";
import { createReadLiveCalls } from "./live-calls.ts";
import { createJobLock } from "./lock.ts";
import { createRebuild } from "./rebuild.ts";
import { createAdoptLocalDecision, type LocalDecision } from "./supersede.ts";
import { createSweep } from "./sweep.ts";

let server: Awaited<ReturnType<typeof startOwnRedis>>;
let redis: RedisClient;
beforeAll(async () => {
  server = await startOwnRedis();
  redis = await openTestRedis(server.url);
});
afterAll(async () => {
  await redis.quit();
  await server.stop();
});

const clock = () => start;
const of = group("load_balanced", [member("a"), member("b")]);
const figuresOf = async (world: World) => [
  ...(await createReadAgentFigures(redis, clock)(world.tenantId, [agent("a"), agent("b")])).values(),
];

describe("a job's lock", () => {
  test("lets one holder work at a time and numbers holders upwards, also after Redis forgot", async () => {
    const lock = createJobLock(redis);
    const first = await lock.withLock("once", 5_000, async (fence) => {
      expect(await lock.withLock("once", 5_000, async () => "second")).toEqual({ kind: "held_elsewhere" });
      return fence.token;
    });
    await redis.flushall();
    const second = await lock.withLock("once", 5_000, async (fence) => fence.token);
    if (first.kind !== "done" || second.kind !== "done") throw new Error("not run");
    expect(second.value).toBeGreaterThan(first.value);
  });

  test("throws what the work throws, and what Redis does", async () => {
    const broken = async () => {
      throw new Error("work failed");
    };
    await expect(createJobLock(redis).withLock("broken", 5_000, broken)).rejects.toThrow("work failed");
  });

  test("a holder paused past its time writes nothing once another has written", async () => {
    const world = createWorld();
    const partition = partitionOf(world.tenantId);
    const rebuild = createRebuild(redis, clock);
    await rebuild.rebuildPartition(partition, { job: "rebuild", token: 1 }, []);
    await createClaim(redis, clock)(world.request({ group: of }));
    const sweep = createSweep(redis, () => start + 1_000_000);
    expect(await sweep(partition, { job: "sweep", token: 8 })).toEqual({ kind: "done", removed: 1 });
    await createClaim(redis, clock)(world.request({ group: of }));
    expect(await sweep(partition, { job: "sweep", token: 7 })).toEqual({ kind: "stale_fence" });
    expect((await createReadLiveCalls(redis, clock)(world.tenantId)).calls).toHaveLength(1);
    expect(await rebuild.rebuildPartition(partition, { job: "rebuild", token: 2 }, [])).toEqual({ kind: "done" });
    expect(await rebuild.rebuildPartition(partition, { job: "rebuild", token: 1 }, [])).toEqual({ kind: "stale_fence" });
  });
});

const minuteNow = start / 60_000;

function snapshotOf(world: World): RebuildSnapshot {
  const decision = {
    kind: "agent" as const,
    link: 0,
    reason: "matched" as const,
    fallback: null,
    targetId: of.id,
    agentId: agent("a"),
    attempt: 1,
    timeoutSeconds: 20,
    timeLimitSeconds: 14_400,
  };
  const call = (name: string, evidence: RebuiltCall["evidence"], ended: boolean): RebuiltCall => ({
    callId: world.newCall(),
    session: name,
    direction: "inbound",
    from: "+14155550100",
    to: "+14155550199",
    ruleId: null,
    receivedAt: start - 1000,
    test: false,
    state: evidence.state,
    evidence,
    reason: "matched",
    answeredAt: null,
    steps: [{ step: 1, decision, decidedAt: start - 1000, degraded: false, ended }],
  });
  const assignments = [
    [0, 2],
    [5, 3],
    [60 * 30, 4],
  ].map(([back = 0, count = 0]) => ({ agentId: agent("a"), minute: minuteNow - back, count }));
  return {
    tenantId: world.tenantId,
    assignments,
    calls: [call("open", openEvidence("connected"), false), call("over", endedCall("completed", start), true)],
  };
}

describe("after Redis was wiped", () => {
  test("claims, words and sweeps are refused until the rebuild from the records is whole; then counts, leases and repeats are as before", async () => {
    await redis.flushall();
    const world = createWorld();
    const partition = partitionOf(world.tenantId);
    const snapshot = snapshotOf(world);
    const [open, over] = snapshot.calls;
    if (!open || !over) throw new Error("no calls");
    const claim = createClaim(redis, clock);
    const word = reportOf({ ...world, callId: open.callId, evidence: openEvidence("connected"), at: start });
    expect(await claim(world.request({ group: of }))).toEqual({ kind: "no_epoch" });
    expect(await createAdvance(redis, clock)(word)).toEqual({ kind: "no_epoch" });
    expect(await redis.keys("*")).toEqual([]);
    const rebuild = createRebuild(redis, clock);
    expect(await rebuild.missingEpochs(partitions)).toContain(partition);
    for (const token of [1, 2])
      expect(await rebuild.rebuildPartition(partition, { job: "rebuild", token }, [snapshot])).toEqual({ kind: "done" });
    expect(await rebuild.missingEpochs([partition])).toEqual([]);
    expect(await figuresOf(world)).toMatchObject([{ activeCalls: 1, callsInWindow: { 168: 9 } }, { activeCalls: 0 }]);
    expect(await createAdvance(redis, clock)(word)).toEqual({ kind: "applied" });
    for (const call of [open, over])
      expect(await claim({ ...world.request({ group: of }), callId: call.callId })).toMatchObject({
        repeat: true,
        decidedAt: start - 1000,
      });
    const next = await claim(world.request({ group: of }));
    expect(next).toMatchObject({ decision: { agentId: agent("b") } });
    // The first claim lays the window out for the lengths in use: what is older than a day has left it.
    expect(await figuresOf(world)).toMatchObject([{ callsInWindow: { 24: 5 } }, { callsInWindow: { 24: 1 } }]);
    expect((await createReadLiveCalls(redis, clock)(world.tenantId)).calls.map((call) => call.leased)).toEqual([true, true]);
  });

  test("a process that had sent its targets' configuration sends it again", async () => {
    const world = createWorld();
    const rebuild = createRebuild(redis, clock);
    const claim = createClaim(redis, clock);
    for (const token of [20, 21]) {
      await rebuild.rebuildPartition(partitionOf(world.tenantId), { job: "rebuild", token }, []);
      expect(await claim(world.request({ group: of }))).toMatchObject({ decision: { agentId: agent("a") } });
      expect(await claim(world.request({ group: of }))).toMatchObject({ decision: { agentId: agent("b") } });
      await redis.flushall();
    }
  });
});

describe("a decision taken without Redis", () => {
  const local = (world: World, request = world.request({ group: of }), name = "b"): LocalDecision => ({
    ...request,
    decision: {
      kind: "agent",
      link: 0,
      reason: "matched",
      fallback: null,
      targetId: of.id,
      agentId: agent(name),
      attempt: 1,
      timeoutSeconds: 20,
      timeLimitSeconds: 14_400,
    },
    at: start - 2000,
  });
  const ready = async () => {
    const world = createWorld();
    await createRebuild(redis, clock).rebuildPartition(partitionOf(world.tenantId), { job: "rebuild", token: 9 }, []);
    return world;
  };
  const eventsOf = async (world: World) => {
    const reader = createJournalReader({ redis, onPoison: ({ error }) => expect.fail(String(error)) });
    const entries = await reader.read(new Map([[partitionOf(world.tenantId), "0-0"]]), { blockMs: 10, count: 10_000 });
    return entries.map((entry) => entry.event).filter((event) => event.tenantId === world.tenantId);
  };

  test("is leased, counted and journaled once, however often it is brought back", async () => {
    const world = await ready();
    const adopt = createAdoptLocalDecision(redis, clock);
    const decision = local(world);
    expect(await adopt(decision)).toEqual({ kind: "adopted" });
    expect(await adopt(decision)).toEqual({ kind: "repeat" });
    expect(await figuresOf(world)).toMatchObject([{ activeCalls: 0 }, { activeCalls: 1, callsInWindow: { 24: 1 } }]);
    expect(await eventsOf(world)).toMatchObject([{ type: "step", degraded: true, at: start - 2000 }]);
    expect(await createClaim(redis, clock)({ ...world.request({ group: of }), callId: decision.callId })).toMatchObject({
      repeat: true,
      decision: { agentId: agent("b") },
    });
    expect((await createReadLiveCalls(redis, clock)(world.tenantId)).calls).toMatchObject([{ degraded: true, leased: true }]);
  });

  test("takes the place of a claim that ran all the same: its lease is released, its assignment un-counted", async () => {
    const world = await ready();
    const request = world.request({ group: of });
    expect(await createClaim(redis, () => start - 60_000)(request)).toMatchObject({ decision: { agentId: agent("a") } });
    expect(await createAdoptLocalDecision(redis, clock)(local(world, request))).toEqual({ kind: "adopted" });
    expect(await figuresOf(world)).toMatchObject([
      { activeCalls: 0, callsInWindow: { 24: 0 } },
      { activeCalls: 1, callsInWindow: { 24: 1 } },
    ]);
    expect((await eventsOf(world)).map((event) => event.type)).toEqual(["step", "superseded", "step"]);
  });

  test("with two answers given to one step, the result of either dial frees what the step holds", async () => {
    for (const [followed, merged] of [
      ["a", "before"],
      ["b", "before"],
      ["b", "after"],
    ] as const) {
      const world = await ready();
      const claim = createClaim(redis, clock);
      const request = world.request({ group: of });
      const adopt = () => createAdoptLocalDecision(redis, clock)(local(world, request));
      await claim(request);
      if (merged === "before") await adopt();
      const ended = { step: 1, targetId: of.id, agentId: agent(followed), trunk: null, result: "completed" as const };
      await claim({
        ...request,
        step: 2,
        ended,
        endedEvidence: endedCall("completed", start),
        chain: [{ kind: "hangup", fallback: null }],
      });
      if (merged === "after") await adopt();
      const figures = await figuresOf(world);
      expect(
        figures.map(({ activeCalls }) => activeCalls),
        `following ${followed}, merged ${merged}`,
      ).toEqual(figures.map(() => 0));
      expect(await redis.zcard(`${tenantScriptKeys(world.tenantId)[1]}leases`)).toBe(0);
    }
  });

  test("about a call that is over is counted and takes no lease", async () => {
    const world = await ready();
    const request = world.request({ group: of });
    await createAdvance(redis, clock)(reportOf({ ...world, callId: request.callId, evidence: endedCall("completed", start), at: start }));
    await createAdoptLocalDecision(redis, clock)(local(world, request));
    expect(await figuresOf(world)).toMatchObject([{}, { activeCalls: 0, callsInWindow: { 24: 1 } }]);
    expect((await createReadLiveCalls(redis, clock)(world.tenantId)).calls).toEqual([]);
  });

  test("that agrees with the lost claim changes no figure", async () => {
    const world = await ready();
    const request = world.request({ chain: [target(of), builtIn] });
    await createClaim(redis, clock)(request);
    await createAdoptLocalDecision(redis, clock)(local(world, request, "a"));
    expect(await figuresOf(world)).toMatchObject([{ activeCalls: 1, callsInWindow: { 24: 1 } }, { activeCalls: 0 }]);
  });
});
