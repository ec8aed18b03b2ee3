/** The time between the first connection and the first plan: a call that comes in it waits a moment rather than be refused. */
import { setTimeout as pause } from "node:timers/promises";

/** Longest that a request waits for the start; what stands in front of us waits longer. */
const longestHoldMs = 3_000;

export type Starting = ReturnType<typeof createStarting>;

export const createStarting = () => {
  const { promise: whenOver, resolve } = Promise.withResolvers<void>();
  let over = false;
  return {
    isOver: () => over,
    /** Resolves when the start is over, or has taken too long for a caller to wait. */
    held: async () => {
      await Promise.race([whenOver, pause(longestHoldMs, undefined, { ref: false })]);
    },
    end: () => {
      over = true;
      resolve();
    },
  };
};
