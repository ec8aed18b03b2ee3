/** Slows down guessing: so many logins a minute per address, and a pause per account from its fifth failure on, over all processes. */
import { createHash } from "node:crypto";
import { forgetFailuresMs, type LoginPauses, pauseMs } from "@switchboard/execution/login-pause";
import type { AskLimit } from "@switchboard/execution/rate-limit";
import type { RedisFirst } from "../limits/redis-first.ts";
import { createRemembered } from "../limits/remembered.ts";

/** Logins per address: twenty a minute. */
export const loginsPerAddress = { perSecond: 20 / 60, burst: 20 };

export type LoginThrottleDeps = {
  limit: AskLimit;
  pauses: LoginPauses;
  redisFirst: RedisFirst;
  /** Milliseconds of a clock that only goes forward. */
  now: () => number;
};

/** The same for one process, while Redis is away. */
const createLocalPauses = (now: () => number) => {
  const accounts = createRemembered<{ failures: number; failedAt: number }>();
  return {
    attempt: (account: string): number => {
      const before = accounts.get(account);
      const failures = before !== undefined && now() - before.failedAt <= forgetFailuresMs ? before.failures : 0;
      const wait = failures === 0 || before === undefined ? 0 : before.failedAt + pauseMs(failures) - now();
      if (pauseMs(failures) > 0 && wait > 0) return wait;
      accounts.put(account, { failures: failures + 1, failedAt: now() });
      return 0;
    },
    succeeded: (account: string): void => void accounts.delete(account),
  };
};

/** E-mail addresses stay out of Redis. */
const accountOf = (email: string): string => createHash("sha256").update(email.trim().toLowerCase()).digest("base64url");

export const createLoginThrottle = ({ limit, pauses, redisFirst, now }: LoginThrottleDeps) => {
  const local = createLocalPauses(now);
  /** As `LoginPauses.attempt`: counts as failed until it has succeeded. */
  const attemptOf = (email: string): Promise<number> => {
    const account = accountOf(email);
    return redisFirst(
      () => pauses.attempt(account),
      () => local.attempt(account),
    );
  };
  return {
    /** Milliseconds to wait before another try; 0 when this one may go on. */
    attempt: async (email: string, address: string): Promise<number> => {
      const { retryMs } = await limit(`login:${address}`, loginsPerAddress);
      return retryMs > 0 ? retryMs : attemptOf(email);
    },
    /** The same for somebody who is signed in already, and asked for their password. */
    attemptOf,
    succeeded: async (email: string): Promise<void> => {
      const account = accountOf(email);
      local.succeeded(account);
      await redisFirst(
        () => pauses.succeeded(account),
        () => undefined,
      );
    },
  };
};

export type LoginThrottle = ReturnType<typeof createLoginThrottle>;
