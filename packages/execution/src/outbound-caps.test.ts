/** Outbound calls are counted again after Redis was wiped. */
import type { RebuildSnapshot } from "@switchboard/routing/rebuild-snapshot";
import { openEvidence } from "@switchboard/routing/evidence";
import { once } from "node:events";
import { expect, test } from "vitest";
import { startOwnRedis } from "../../../tests/redis-server.ts";
import { outboundRequest } from "./cases/outbound-cases-fixture.ts";
import { createWorld, start, type World } from "./cases/world-fixture.ts";
import { createClaim } from "./claim.ts";
import { createRedisClient } from "./client.ts";
import { partitionOf } from "./keys.ts";
import { createRebuild } from "./rebuild.ts";

const clock = () => start;
const caps = { maxConcurrent: 2, maxPerMinute: null };

/** A tenant with one outbound call on the line. */
const remembered = (world: World): RebuildSnapshot => {
  const { chain, facts } = outboundRequest(world, caps);
  const [dial] = chain;
  if (dial?.kind !== "number") throw new Error("no number is dialled");
  const { session, from, to, ruleId, receivedAt } = facts;
  const step = {
    step: 1,
    decision: { ...dial, link: 0, reason: "matched" as const },
    decidedAt: start - 5_000,
    degraded: false,
    ended: false,
  };
  const evidence = openEvidence("routing");
  const call = {
    callId: world.newCall(),
    session,
    direction: "outbound" as const,
    from,
    to,
    ruleId,
    receivedAt,
    test: false,
    state: evidence.state,
    evidence,
  };
  return { tenantId: world.tenantId, assignments: [], calls: [{ ...call, reason: "matched", answeredAt: null, steps: [step] }] };
};

test("after a rebuild the outbound calls on the line still count against the cap", async () => {
  await using server = await startOwnRedis();
  const redis = createRedisClient({ url: server.url, cluster: false, role: "jobs" });
  await once(redis, "ready");
  const world = createWorld();
  await createRebuild(redis, clock).rebuildPartition(partitionOf(world.tenantId), { job: "rebuild", token: 1 }, [remembered(world)]);
  const claim = createClaim(redis, clock);
  const outcomes = [await claim(outboundRequest(world, caps)), await claim(outboundRequest(world, caps))];
  expect(outcomes).toMatchObject([{ decision: { kind: "number" } }, { decision: { kind: "reject", reason: "outbound_limit" } }]);
  redis.disconnect();
});
