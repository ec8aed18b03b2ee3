/** Waits for the server's recorder, so that what one side left to be stored doesn't burden the side measured next. */
import { setTimeout as pause } from "node:timers/promises";

const limitMs = 10_000;

/** Resolves when so many events have been stored since the server began; answers how long that took, milliseconds. */
export const untilRecorded = async (port: number, events: number): Promise<number> => {
  const began = performance.now();
  for (let stored = 0; ; await pause(50)) {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    stored = Number(/^switchboard_recorded_events_total (\d+)/m.exec(text)?.[1] ?? 0);
    const waited = performance.now() - began;
    if (stored >= events) return waited;
    if (waited > limitMs) throw new Error(`the recorder has stored ${stored} of ${events} events after ${limitMs / 1_000} s`);
  }
};
