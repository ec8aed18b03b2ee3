/** The pause that an account's failed logins bring, from the fifth on, for all processes together. */
import type { RedisClient } from "./client.ts";
import { loginPauseKey } from "./keys.ts";
import { loginPauseReply } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("login-pause");

const freeFailures = 4;
const longestPauseMs = 60_000;
/** Failures older than this are forgotten. */
export const forgetFailuresMs = 15 * 60_000;

/** How long after its last failure an account with so many waits. */
export const pauseMs = (failures: number): number =>
  failures <= freeFailures ? 0 : Math.min(1_000 * 2 ** (failures - freeFailures - 1), longestPauseMs);

export type LoginPauses = {
  /**
   * Milliseconds to wait; 0 when this one may go on. It then counts as failed until it has succeeded, so that guesses sent all
   * at once are counted as well as those sent one by one.
   */
  attempt: (account: string) => Promise<number>;
  succeeded: (account: string) => Promise<void>;
};

/** Throw when Redis does not answer. */
export function createLoginPauses(redis: RedisClient, clock?: TestClock): LoginPauses {
  return {
    attempt: async (account) =>
      loginPauseReply(
        await runScript(redis, script, [loginPauseKey(account)], [clockArgument(clock), freeFailures, longestPauseMs, forgetFailuresMs]),
      ),
    succeeded: async (account) => {
      await redis.del(loginPauseKey(account));
    },
  };
}
