import { expect, test } from "vitest";
import { startOwnRedis } from "../../../tests/redis-server.ts";
import { openTestQueue } from "./cases/job-queue-fixture.ts";
import { createRedisClient } from "./client.ts";

test("what is put in twice is done once, what asks for it is done again, and a Redis that has gone keeps nobody from stopping", async () => {
  const redis = await startOwnRedis();
  const queue = openTestQueue(createRedisClient({ url: redis.url, cluster: false, role: "queue" }));
  await queue.put("again a", "b", "b", "again a");
  await expect.poll(() => queue.done.toSorted(), { timeout: 60_000 }).toEqual(["again a", "again a", "b"]);
  await redis.stop();
  await expect.poll(queue.isOpen, { timeout: 60_000 }).toBe(false);
  await queue.stop();
});
