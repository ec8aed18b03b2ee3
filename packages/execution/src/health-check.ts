/** Asks Redis whether it is there, for the watchdog. */
import type { RedisClient } from "./client.ts";

/** True when a ping is answered within `timeoutMs`; never throws. */
export async function isRedisAnswering(redis: RedisClient, timeoutMs: number): Promise<boolean> {
  const timeout = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), timeoutMs).unref();
  });
  const answer = redis.ping().then(
    (reply) => reply === "PONG",
    () => false,
  );
  return Promise.race([answer, timeout]);
}
