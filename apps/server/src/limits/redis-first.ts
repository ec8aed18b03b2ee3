/** Asks Redis, which knows for all processes; while it is away this process's own memory has to do. */

/** After a failure Redis is left alone for so long: nobody's request waits for a dead one each time. */
const leftAloneMs = 1_000;

export type RedisFirst = <Result>(inRedis: () => Promise<Result>, inProcess: () => Result) => Promise<Result>;

/** `now`: milliseconds of a clock that only goes forward. */
export const createRedisFirst = (now: () => number): RedisFirst => {
  let awayUntil = Number.NEGATIVE_INFINITY;
  return async (inRedis, inProcess) => {
    if (now() < awayUntil) return inProcess();
    try {
      return await inRedis();
    } catch {
      awayUntil = now() + leftAloneMs;
      return inProcess();
    }
  };
};
