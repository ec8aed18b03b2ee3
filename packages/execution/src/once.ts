/** Lets something happen once among all processes. */
import type { RedisClient } from "./client.ts";
import { usedKey } from "./keys.ts";

/** True for the first who asks for this name within `forMs`. Throws when Redis does not answer. */
export type Once = (name: string, forMs: number) => Promise<boolean>;

export const createOnce =
  (redis: RedisClient): Once =>
  async (name, forMs) =>
    (await redis.set(usedKey(name), "1", "PX", forMs, "NX")) === "OK";
