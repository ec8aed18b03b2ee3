/** Runs a transaction again when the server says that it lost against another one. */
import { setTimeout as pause } from "node:timers/promises";
import { isTransient } from "./database-outage.ts";

const mostAttempts = 5;
const firstPauseMs = 10;

export async function retryTransient<Result>(
  work: () => Promise<Result>,
  isWorthwhile: (error: unknown) => boolean = isTransient,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= mostAttempts || !isWorthwhile(error)) throw error;
      await pause(firstPauseMs * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}
