/** The server's recorder shares its process and the machine: it is kept away where calls alone are measured, and waited for where not. */
import { setTimeout as pause } from "node:timers/promises";
import { createRedisClient } from "@switchboard/execution/client";
import { createJobLock } from "@switchboard/execution/lock";
import { untilReady } from "./redis-figures.ts";

const lockTtlMs = 10_000;
const limitMs = 180_000;

/** Holds the recorder's lock, as another process would that records; resolves when it is held. Before the server starts. */
export const keepRecorderAway = async (redisUrl: string): Promise<{ release: () => Promise<void> }> => {
  const client = createRedisClient({ url: redisUrl, cluster: false, role: "jobs" });
  await untilReady(client);
  const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holding = createJobLock(client).withLock("recorder", lockTtlMs, () => {
    held.resolve();
    return released.promise;
  });
  await held.promise;
  return {
    release: async () => {
      released.resolve();
      await holding;
      client.disconnect();
    },
  };
};

/** Resolves when so many events have been stored since the server began. */
export const untilRecorded = async (port: number, events: number): Promise<void> => {
  const began = performance.now();
  for (let stored = 0; stored < events; await pause(50)) {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    stored = Number(/^switchboard_recorded_events_total (\d+)/m.exec(text)?.[1] ?? 0);
    if (performance.now() - began > limitMs)
      throw new Error(`the recorder has stored ${stored} of ${events} events after ${limitMs / 1_000} s`);
  }
};
