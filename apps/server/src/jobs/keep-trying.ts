/** Runs a job for as long as the process lives: one holder among all processes, a pause after a failure, words in the log. */
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "../logger.ts";

export type Job = { stop: () => Promise<void> };

/** `work` returns when it has nothing to do or lost its lock; it is called again after `pauseMs`. */
export const keepTrying = (name: string, pauseMs: number, logger: Logger, work: (signal: AbortSignal) => Promise<void>): Job => {
  const stopping = new AbortController();
  let quiet = false;

  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        await work(stopping.signal);
        quiet = false;
      } catch (error) {
        // One line when trouble begins, not one for every try of a long outage.
        if (!quiet && !stopping.signal.aborted) logger.warn({ event: "job_failed", job: name, err: error });
        quiet = true;
      }
      await pause(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };

  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
