/** Gives a test file a Redis of its own (40 ms), for what would disturb others: flushing, stopping, counting every key. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedServer, startRedis } from "../scripts/embedded/redis.mjs";

/** Stop it in `afterAll`, or write `await using redis = await startOwnRedis()`. */
export async function startOwnRedis(): Promise<EmbeddedServer & AsyncDisposable> {
  const dir = await mkdtemp(join(tmpdir(), "switchboard-redis-"));
  const redis = await startRedis({ dir });
  const stop = async (): Promise<void> => {
    await redis.stop();
    await rm(dir, { recursive: true, force: true });
  };
  return { ...redis, stop, [Symbol.asyncDispose]: stop };
}
