/** How many requests a domain may have at Cloudonix: ten in ten seconds, over all processes; jobs leave room for persons. */
import type { AskAllowance, Urgency } from "@switchboard/cloudonix/ask";
import { admitInWindow, type AskWindowLimit, type WindowLimit } from "@switchboard/execution/window-limit";
import type { RedisFirst } from "../limits/redis-first.ts";
import { createRemembered } from "../limits/remembered.ts";

const windowMs = 10_000;
const limits = { person: { windowMs, most: 10 }, job: { windowMs, most: 6 } } as const satisfies Record<Urgency, WindowLimit>;

/** Never throws. While Redis is away this process's own memory has to do. `now`: milliseconds of a clock that only goes forward. */
export const createRequestBudget = (deps: { inRedis: AskWindowLimit; redisFirst: RedisFirst; now: () => number }): AskAllowance => {
  const timesOf = createRemembered<number[]>();
  return (domain, urgency) => {
    const name = `cloudonix:${domain}`;
    return deps.redisFirst(
      () => deps.inRedis(name, limits[urgency]),
      () => {
        const { times, verdict } = admitInWindow(timesOf.get(name) ?? [], deps.now(), limits[urgency]);
        if (times) timesOf.put(name, times);
        return verdict;
      },
    );
  };
};
