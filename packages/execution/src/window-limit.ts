/** How often something may be done in any stretch of a given length: exact where an even rate with a burst would let through twice as much. */
import type { RedisClient } from "./client.ts";
import { windowLimitKey } from "./keys.ts";
import { windowLimitReply } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

/** `most` is at most 100; whoever is to leave room for others asks with a smaller one. */
export type WindowLimit = { windowMs: number; most: number };

export type WindowVerdict = {
  isAllowed: boolean;
  /** Milliseconds until one is allowed; 0 when this one was. */
  retryMs: number;
};

/** `name`: what is counted, such as `cloudonix:acme.example`. */
export type AskWindowLimit = (name: string, limit: WindowLimit) => Promise<WindowVerdict>;

const script = loadScript("window-limit");

/** Over all processes, in Redis. Throws when Redis does not answer. */
export function createWindowLimit(redis: RedisClient, clock?: TestClock): AskWindowLimit {
  return async (name, { windowMs, most }) =>
    windowLimitReply(await runScript(redis, script, [windowLimitKey(name)], [clockArgument(clock), windowMs, most]));
}

/** The same over what one process remembers. `times`, the newest first: when it was done; answers them anew, null when it was refused. */
export function admitInWindow(
  times: readonly number[],
  now: number,
  { windowMs, most }: WindowLimit,
): { times: number[] | null; verdict: WindowVerdict } {
  const oldest = times[most - 1];
  if (oldest !== undefined && oldest + windowMs > now)
    return { times: null, verdict: { isAllowed: false, retryMs: oldest + windowMs - now } };
  return { times: [now, ...times].slice(0, 100), verdict: { isAllowed: true, retryMs: 0 } };
}
