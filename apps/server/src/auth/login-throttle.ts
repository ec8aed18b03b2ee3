/** Slows down guessing, per process: so many logins a minute per address, and a pause per account from its fifth failure on. */

const perAddress = 20;
const minuteMs = 60_000;
const freeFailures = 4;
const longestPauseMs = 60_000;
/** Failures older than this are forgotten. */
const forgetAfterMs = 15 * minuteMs;
const remembered = 10_000;

type Account = { failures: number; failedAt: number };

/** Inserts as the newest, forgetting the oldest when there are too many. */
const put = <Value>(map: Map<string, Value>, key: string, value: Value) => {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > remembered ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
};

const pauseMs = (failures: number): number =>
  failures <= freeFailures ? 0 : Math.min(1_000 * 2 ** (failures - freeFailures - 1), longestPauseMs);

/** `now`: milliseconds of a clock that only goes forward. */
export const createLoginThrottle = (now: () => number) => {
  const accounts = new Map<string, Account>();
  /** Per address: when the next login would be due at the even rate (GCRA). */
  const addresses = new Map<string, number>();

  const addressWaitMs = (address: string): number => {
    const interval = minuteMs / perAddress;
    const due = Math.max(addresses.get(address) ?? 0, now());
    const wait = due + interval - minuteMs - now();
    if (wait <= 0) put(addresses, address, due + interval);
    return Math.max(0, wait);
  };

  const accountWaitMs = (email: string): number => {
    const account = accounts.get(email);
    if (account === undefined || now() - account.failedAt > forgetAfterMs) return 0;
    return Math.max(0, account.failedAt + pauseMs(account.failures) - now());
  };

  return {
    /** Seconds to wait before another try, whole; 0 when this one may go on. Counts it against the address. */
    waitSeconds: (email: string, address: string): number => Math.ceil(Math.max(accountWaitMs(email), addressWaitMs(address)) / 1_000),
    failed: (email: string) => {
      const before = accounts.get(email);
      const isFresh = before !== undefined && now() - before.failedAt <= forgetAfterMs;
      put(accounts, email, { failures: isFresh ? before.failures + 1 : 1, failedAt: now() });
    },
    succeeded: (email: string) => {
      accounts.delete(email);
    },
  };
};

export type LoginThrottle = ReturnType<typeof createLoginThrottle>;
