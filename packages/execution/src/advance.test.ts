/** Words about calls, and the journal that they leave. */
import { openEvidence } from "@switchboard/routing/evidence";
import type { TenantId } from "@switchboard/routing/ids";
import type { JournalEvent } from "@switchboard/routing/journal-event";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createAdvance } from "./advance.ts";
import { openSharedRedis } from "./cases/redis-engine-fixture.ts";
import { reportOf } from "./cases/report-fixture.ts";
import { createWorld, endedCall, group, member, start } from "./cases/world-fixture.ts";
import { createClaim } from "./claim.ts";
import type { RedisClient } from "./client.ts";
import { createJournalReader } from "./journal.ts";
import { partitionOf, tenantScriptKeys } from "./keys.ts";
import { createReadLiveCalls } from "./live-calls.ts";

let redis: RedisClient;
beforeAll(async () => {
  redis = await openSharedRedis(inject("redisUrl"));
});
afterAll(async () => {
  await redis.quit();
});

const clock = () => start;
const of = group("round_robin", [member("a")]);

/** What the tenant's calls have left in the journal; other tests' tenants share the stream. */
async function eventsOf(tenantId: TenantId): Promise<JournalEvent[]> {
  const partition = partitionOf(tenantId);
  const reader = createJournalReader({ redis, onPoison: ({ error }) => expect.fail(String(error)) });
  const entries = await reader.read(new Map([[partition, "0-0"]]), { blockMs: 100, count: 100_000 });
  return entries.map((entry) => entry.event).filter((event) => event.tenantId === tenantId);
}

describe("a word about a call", () => {
  test("that nobody knows creates it without a lease, and a connected one stays on the board", async () => {
    const world = createWorld();
    const call = world.newCall();
    const advance = createAdvance(redis, clock);
    expect(await advance(reportOf({ ...world, callId: call, evidence: openEvidence("connected"), at: start }))).toEqual({
      kind: "created",
    });
    const { calls } = await createReadLiveCalls(redis, clock)(world.tenantId);
    expect(calls).toMatchObject([{ callId: call, state: "connected", leased: false, step: 0, decision: null }]);
  });

  test("that nobody knows is only counted above fifty a second, and taken again in the next", async () => {
    const world = createWorld();
    const evidence = endedCall("completed", start);
    const kinds: string[] = [];
    const send = async (at: number) =>
      (await createAdvance(redis, () => at)(reportOf({ ...world, callId: world.newCall(), evidence, at }))).kind;
    for (let update = 0; update < 60; update++) kinds.push(await send(start));
    expect(kinds.filter((kind) => kind === "created")).toHaveLength(50);
    expect(kinds.slice(50)).toEqual(Array(10).fill("shed"));
    expect(await send(start + 1000)).toBe("created");
    expect(await eventsOf(world.tenantId)).toHaveLength(51);
  });

  test("without a session finds its call by a SIP Call-ID, else is journaled with none", async () => {
    const world = createWorld();
    const request = world.request({ group: of });
    const sipCallIds = ["leg-1@10.0.0.1", "leg-2@10.0.0.1"];
    await createClaim(redis, clock)({ ...request, facts: { ...request.facts, sipCallIds } });
    const evidence = { ...endedCall("completed", start), source: 4 } as const;
    const cdr = (ids: string[]) => createAdvance(redis, clock)(reportOf({ ...world, callId: null, evidence, at: start, sipCallIds: ids }));
    expect(await cdr(["leg-2@10.0.0.1"])).toEqual({ kind: "applied" });
    expect(await cdr(["another@10.0.0.1"])).toEqual({ kind: "applied" });
    const reports = (await eventsOf(world.tenantId)).filter((event) => event.type === "report");
    expect(reports).toMatchObject([{ callId: request.callId }, { callId: null, sipCallIds: ["another@10.0.0.1"] }]);
    expect((await createReadLiveCalls(redis, clock)(world.tenantId)).calls).toEqual([]);
  });

  test("without a session finds its call for as long as it can be remembered, however the clock turns", async () => {
    const world = createWorld();
    const longest = 18_300_000;
    // Also by a clock that is behind, as another Redis's may be.
    const delays = [-1_000, 0, 300_000, longest];
    for (const at of [start, start + 30_000, start + 299_999]) {
      for (const delay of delays) {
        const request = world.request({ group: of });
        const sipCallIds = [`${request.callId}@10.0.0.1`];
        await createClaim(redis, () => at)({ ...request, facts: { ...request.facts, sipCallIds } });
        const evidence = { ...endedCall("completed", start), source: 4 } as const;
        const report = reportOf({ ...world, callId: null, evidence, at, sipCallIds: [`new-${request.callId}`, ...sipCallIds] });
        await createAdvance(redis, () => at + delay)(report);
        const reports = (await eventsOf(world.tenantId)).filter((event) => event.type === "report");
        expect(reports.at(-1)).toMatchObject({ callId: request.callId });
      }
    }
  });

  test("is about the call that its first known SIP Call-ID leads to, not the call that came last", async () => {
    const world = createWorld();
    const [first, second] = [world.request({ group: of }), world.request({ group: of })];
    const claimAt = (at: number, request: typeof first, id: string) =>
      createClaim(redis, () => at)({ ...request, facts: { ...request.facts, sipCallIds: [id] } });
    await claimAt(start, first, "one@10.0.0.1");
    await claimAt(start + 600_000, second, "two@10.0.0.1");
    const evidence = { ...endedCall("completed", start), source: 4 } as const;
    const sipCallIds = ["one@10.0.0.1", "two@10.0.0.1"];
    await createAdvance(redis, () => start + 900_000)(reportOf({ ...world, callId: null, evidence, at: start, sipCallIds }));
    const reports = (await eventsOf(world.tenantId)).filter((event) => event.type === "report");
    expect(reports).toMatchObject([{ callId: first.callId }]);
  });

  test("leaves SIP Call-IDs in one hash for every five minutes, which runs out when the last of them may", async () => {
    const world = createWorld();
    const claims = [0, 1, 2].map((second) => {
      const request = world.request({ group: of });
      const facts = { ...request.facts, sipCallIds: [`${second}@10.0.0.1`, `id:${second}`] };
      return createClaim(redis, () => start + second * 149_999)({ ...request, facts });
    });
    await Promise.all(claims);
    const name = `${tenantScriptKeys(world.tenantId)[1]}sip:`;
    expect(await redis.keys(`${name}*`)).toEqual([`${name}${start / 300_000}`]);
    const key = `${name}${start / 300_000}`;
    expect(await redis.hlen(key)).toBe(6);
    expect(await redis.ttl(key)).toBeGreaterThan(18_300 + 270);
  });

  test("judges an agent at the call's end only when no dial result did", async () => {
    const world = createWorld();
    const [claim, advance] = [createClaim(redis, clock), createAdvance(redis, clock)];
    for (let call = 0; call < 5; call++) {
      const request = world.request({ group: of });
      const outcome = await claim(request);
      const failed = reportOf({ ...world, callId: request.callId, evidence: endedCall("error", start), at: start });
      await advance(failed);
      await advance(failed);
      await claim({ ...world.afterDial(request, outcome, "failed", start), chain: [{ kind: "hangup", fallback: null }] });
    }
    const health = (await eventsOf(world.tenantId)).filter((event) => event.type === "agent_health");
    expect(health).toMatchObject([{ from: "healthy", to: "ejected", cause: "five failures in a row" }]);
  });
});

describe("the journal", () => {
  test("holds a call's events in order, with all that was decided, said and retaken", async () => {
    const world = createWorld();
    const request = world.request({ group: of });
    const claim = createClaim(redis, clock);
    const outcome = await claim(request);
    await claim(request);
    await createAdvance(
      redis,
      () => start + 200_000,
    )(reportOf({ ...world, callId: request.callId, evidence: openEvidence("ringing"), at: start }));
    const other = world.request({});
    await createClaim(redis, () => start + 330_000)(other);
    await createAdvance(
      redis,
      () => start + 331_000,
    )(reportOf({ ...world, callId: request.callId, evidence: openEvidence("connected"), at: start }));
    const events = await eventsOf(world.tenantId);
    expect(events.map((event) => event.type)).toEqual(["step", "report", "timeout", "step", "report", "lease_retaken"]);
    const decision = outcome.kind === "decided" ? outcome.decision : null;
    expect(events[0]).toEqual({
      type: "step",
      was: "unknown",
      tenantId: world.tenantId,
      at: start,
      callId: request.callId,
      step: 1,
      facts: request.facts,
      ended: null,
      decision,
      evidence: null,
      degraded: false,
      webhook: request.webhook,
    });
  });
});
