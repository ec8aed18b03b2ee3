/** How many requests a domain may have at Cloudonix: counted over all processes. */
import type { AskAllowance } from "@switchboard/cloudonix/ask";
import { admitInWindow, type AskWindowLimit } from "@switchboard/execution/window-limit";
import type { RateLimits } from "../limits/rate-limits.ts";
import type { RedisFirst } from "../limits/redis-first.ts";
import { createRemembered } from "../limits/remembered.ts";

type BudgetDeps = { limits: RateLimits["cloudonix"]; inRedis: AskWindowLimit; redisFirst: RedisFirst; now: () => number };

/** Never throws. While Redis is away this process's own memory has to do. `now`: milliseconds of a clock that only goes forward. */
export const createRequestBudget = ({ limits, inRedis, redisFirst, now }: BudgetDeps): AskAllowance => {
  const timesOf = createRemembered<number[]>();
  return (domain, urgency) => {
    const name = `cloudonix:${domain}`;
    return redisFirst(
      () => inRedis(name, limits[urgency]),
      () => {
        const { times, verdict } = admitInWindow(timesOf.get(name) ?? [], now(), limits[urgency]);
        if (times) timesOf.put(name, times);
        return verdict;
      },
    );
  };
};
