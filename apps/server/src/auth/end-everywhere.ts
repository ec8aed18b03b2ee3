/** Makes the end of sign-ins show at once: in this process before anybody is answered, in the others as soon as Redis tells them. */
import { setTimeout as pause } from "node:timers/promises";
import type { SessionsEnded } from "@switchboard/control/end-sessions";
import type { Logger } from "../logger.ts";
import type { SessionCache } from "./session-cache.ts";

export type EndEverywhereDeps = { sessions: SessionCache; publish: (ended: SessionsEnded) => Promise<void>; logger: Logger };

/** It is saved already; whoever does not hear of it sees it within a second by itself. */
const patienceMs = 500;

/** Never throws. */
export const endEverywhere =
  ({ sessions, publish, logger }: EndEverywhereDeps) =>
  async (ended: SessionsEnded): Promise<void> => {
    if (ended.sessionId !== null) sessions.end(ended.sessionId);
    const told = publish(ended).catch((error: unknown) => logger.warn({ event: "sessions_end_not_published", err: error }));
    await Promise.race([Promise.all([sessions.endedOf(ended.userId), told]), pause(patienceMs, undefined, { ref: false })]);
  };
