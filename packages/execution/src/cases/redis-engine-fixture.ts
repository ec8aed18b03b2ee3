/** Test support: the real scripts as an engine of the table of cases, on a test's clock. */
import { once } from "node:events";
import { createAdvance } from "../advance.ts";
import { createReadAgentFigures } from "../agent-figures.ts";
import { createClaim } from "../claim.ts";
import { createRedisClient, type RedisClient } from "../client.ts";
import { partitionOf, partitions } from "../keys.ts";
import { createReadLiveCalls } from "../live-calls.ts";
import { createJobLock } from "../lock.ts";
import { createRebuild } from "../rebuild.ts";
import { createSweep } from "../sweep.ts";
import type { Engine } from "./engine-fixture.ts";
import { reportOf } from "./report-fixture.ts";
import { start } from "./world-fixture.ts";

/** Redis has sixteen; the first is for whoever asks for none. */
const ownDatabases = 15;

/** A database that no other file has that runs at the same time: a sweep on one's clock would end the other's calls. */
async function ownDatabase(url: string): Promise<string> {
  const shared = createRedisClient({ url, cluster: false, role: "reader" });
  await once(shared, "ready");
  const taken = await shared.incr("test-databases-taken");
  await shared.quit();
  return `${url}/${1 + (taken % ownDatabases)}`;
}

/** A connected client; all partitions answer claims. */
export async function openTestRedis(url: string): Promise<RedisClient> {
  const redis = createRedisClient({ url, cluster: false, role: "reader" });
  await once(redis, "ready");
  const rebuild = createRebuild(redis);
  for (const partition of await rebuild.missingEpochs(partitions)) await rebuild.rebuildPartition(partition, { job: "test", token: 1 }, []);
  return redis;
}

/** The same on the Redis that all files share. */
export const openSharedRedis = async (url: string): Promise<RedisClient> => openTestRedis(await ownDatabase(url));

export function createRedisEngine(redis: RedisClient): Engine {
  let clockMs = start;
  const clock = () => clockMs;
  const claim = createClaim(redis, clock);
  const advance = createAdvance(redis, clock);
  const sweep = createSweep(redis, clock);
  const figures = createReadAgentFigures(redis, clock);
  const liveCalls = createReadLiveCalls(redis, clock);
  const lock = createJobLock(redis);
  const at = <T>(nowMs: number, work: () => Promise<T>): Promise<T> => {
    clockMs = nowMs;
    return work();
  };
  return {
    claim: (request, nowMs) => at(nowMs, () => claim(request)),
    report: (tenantId, callId, evidence, nowMs) =>
      at(nowMs, async () => {
        await advance(reportOf({ tenantId, callId, evidence, at: nowMs }));
      }),
    sweep: (tenantId, nowMs) =>
      at(nowMs, async () => {
        const swept = await lock.withLock("sweep", 5_000, (fence) => sweep(partitionOf(tenantId), fence));
        if (swept.kind !== "done" || swept.value.kind !== "done") throw new Error(`sweep: ${JSON.stringify(swept)}`);
      }),
    figures: (tenantId, agentIds, nowMs) =>
      at(nowMs, async () => {
        const found = await figures(tenantId, agentIds);
        const { calls } = await liveCalls(tenantId);
        const agents = new Map([...found].map(([id, figure]) => [id, { ...figure, callsInWindow: figure.callsInWindow[24] ?? 0 }]));
        return { agents, leases: calls.filter((call) => call.leased).length, live: calls.map((call) => call.callId) };
      }),
  };
}
