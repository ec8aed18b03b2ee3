/** Waits that end at once when a run is stopped. */
import { setTimeout as wait } from "node:timers/promises";

/** @returns false when the run was stopped meanwhile */
export const pauseUnlessStopped = (milliseconds: number, signal: AbortSignal): Promise<boolean> =>
  wait(milliseconds, true, { signal }).catch((error: unknown) => {
    if (signal.aborted) return false;
    throw error;
  });
