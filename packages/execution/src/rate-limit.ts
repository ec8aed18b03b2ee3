/** Limits that hold over all processes, in Redis. */
import type { RedisClient } from "./client.ts";
import { intervalMs, type Limit, type LimitVerdict, verdictOf } from "./gcra.ts";
import { limitKey } from "./keys.ts";
import { rateLimitReply } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("rate-limit");

/** `name`: who does what, such as `user:usr_…`. */
export type AskLimit = (name: string, limit: Limit) => Promise<LimitVerdict>;

/** Throws when Redis does not answer. */
export function createRateLimit(redis: RedisClient, clock?: TestClock): AskLimit {
  return async (name, limit) => {
    const args = [clockArgument(clock), intervalMs(limit), limit.burst];
    const { isAllowed, ...times } = rateLimitReply(await runScript(redis, script, [limitKey(name)], args));
    return verdictOf(limit, isAllowed, times);
  };
}
