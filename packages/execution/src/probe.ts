/** Asks Redis whether it takes writes now: one that is frozen, read-only, full or still loading can't decide calls. */
import type { RedisClient } from "./client.ts";
import { probeKey } from "./keys.ts";

const keptMs = 1_000;

/** Resolves when a write was taken; rejects otherwise, and after the client's command timeout. */
export const createProbe = (redis: RedisClient) => async (): Promise<void> => {
  await redis.set(probeKey, "1", "PX", keptMs);
};
