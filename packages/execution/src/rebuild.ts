/** After a wiped Redis: writes what SQL remembers of a partition's tenants, then sets the epoch, from which on claims are answered. */
import type { RebuildSnapshot } from "@switchboard/routing/rebuild-snapshot";
import type { RedisClient } from "./client.ts";
import { epochKey, partitionPrefix, tenantScriptKeys } from "./keys.ts";
import type { Fence } from "./lock.ts";
import { type RebuildPart, rebuildParts } from "./rebuild-parts.ts";
import { type RebuildKind, rebuildReply } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const tenantScript = loadScript("rebuild-tenant");
const finishScript = loadScript("rebuild-finish");

export type Rebuild = {
  /** The partitions among these whose epoch is missing: Redis was wiped, or is new. */
  missingEpochs(partitions: readonly number[]): Promise<number[]>;
  /** Writes the tenants one by one, in bounded parts, then the epoch. Safe to run again from the beginning. */
  rebuildPartition(
    partition: number,
    fence: Fence,
    tenants: Iterable<RebuildSnapshot> | AsyncIterable<RebuildSnapshot>,
  ): Promise<{ kind: RebuildKind }>;
};

/** Throws when Redis does not answer; nothing routes by a part. An empty list of tenants is a virgin install. */
export function createRebuild(redis: RedisClient, clock?: TestClock): Rebuild {
  const writePart = async (snapshot: RebuildSnapshot, fence: Fence, part: RebuildPart): Promise<RebuildKind> => {
    const args = [clockArgument(clock), snapshot.tenantId, fence.job, fence.token, JSON.stringify(part)];
    return rebuildReply(await runScript(redis, tenantScript, tenantScriptKeys(snapshot.tenantId), args));
  };

  return {
    async missingEpochs(partitions) {
      const found = await Promise.all(partitions.map((partition) => redis.exists(epochKey(partition))));
      return partitions.filter((_, index) => found[index] === 0);
    },
    async rebuildPartition(partition, fence, tenants) {
      for await (const snapshot of tenants) {
        for (const part of rebuildParts(snapshot, clock?.() ?? Date.now())) {
          const kind = await writePart(snapshot, fence, part);
          if (kind === "stale_fence") return { kind };
        }
      }
      const prefix = partitionPrefix(partition);
      const reply = await runScript(redis, finishScript, [prefix, prefix], [clockArgument(clock), "", fence.job, fence.token]);
      return { kind: rebuildReply(reply) };
    },
  };
}
