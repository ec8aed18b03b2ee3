/** Test support: a queue that writes down what was done; `again` in front of a name is done once more. */
import { vi } from "vitest";
import type { RedisClient } from "../client.ts";
import { createJobQueue } from "../job-queue.ts";

export function openTestQueue(redis: RedisClient) {
  const done: string[] = [];
  const queue = createJobQueue<{ name: string }>({
    ...{ name: "test", redis, concurrency: 1 },
    parse: (data) => data as { name: string },
    onError: () => {},
  });
  queue.start(async ({ name }) => {
    done.push(name);
    return name.startsWith("again") && done.filter((each) => each === name).length === 1 ? "again" : "done";
  });
  return {
    done,
    isOpen: queue.isOpen,
    put: async (...names: string[]) => {
      await vi.waitUntil(() => queue.isOpen(), { timeout: 60_000 });
      for (const name of names) await queue.add(name, { name });
    },
    stop: queue.stop,
  };
}
