/** Every script keeps to one hash slot: the cases hold on a cluster of three servers, and its journal is read. */
import { expect, test } from "vitest";
import { callCases } from "./cases/call-cases-fixture.ts";
import { startRedisCluster } from "./cases/redis-cluster-fixture.ts";
import { createRedisEngine } from "./cases/redis-engine-fixture.ts";
import { createWorld, group, member, start } from "./cases/world-fixture.ts";
import { createClaim } from "./claim.ts";
import { createRedisClient } from "./client.ts";
import { openTestQueue } from "./cases/job-queue-fixture.ts";
import { createJournalReader } from "./journal.ts";
import { partitionOf, partitions } from "./keys.ts";
import { createRebuild } from "./rebuild.ts";
import { createAdoptLocalDecision } from "./supersede.ts";

test("claims, words, sweeps, rebuilds, locks and queues work on a cluster", async () => {
  await using cluster = await startRedisCluster();
  const redis = cluster.client;
  const rebuild = createRebuild(redis);
  expect(await rebuild.missingEpochs(partitions)).toEqual(partitions);
  const world = createWorld();
  const snapshot = { tenantId: world.tenantId, assignments: [], calls: [] };
  for (const partition of partitions) {
    const tenants = partition === partitionOf(world.tenantId) ? [snapshot] : [];
    expect(await rebuild.rebuildPartition(partition, { job: "rebuild", token: 1 }, tenants)).toEqual({ kind: "done" });
  }
  for (const { run } of callCases) await run(createRedisEngine(redis));

  const request = world.request({ group: group("load_balanced", [member("a"), member("b")]) });
  const outcome = await createClaim(redis)(request);
  if (outcome.kind !== "decided") throw new Error(outcome.kind);
  expect(await createAdoptLocalDecision(redis)({ ...request, decision: outcome.decision, at: start })).toEqual({ kind: "adopted" });
  const reader = createJournalReader({ redis, onPoison: ({ error }) => expect.fail(String(error)) });
  const entries = await reader.read(new Map(partitions.map((partition) => [partition, "0-0"])), { blockMs: 1000, count: 1000 });
  expect(entries.filter(({ event }) => event.tenantId === world.tenantId).map(({ event }) => event.type)).toEqual(["step", "step"]);

  const queue = openTestQueue(createRedisClient({ url: cluster.url, cluster: true, role: "queue" }));
  await queue.put("one", "two");
  await expect.poll(() => queue.done.toSorted(), { timeout: 60_000 }).toEqual(["one", "two"]);
  await queue.stop();
});
