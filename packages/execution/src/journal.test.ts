/** Reading and trimming the streams, on a Redis of their own. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startOwnRedis } from "../../../tests/redis-server.ts";
import { openTestRedis } from "./cases/redis-engine-fixture.ts";
import type { RedisClient } from "./client.ts";
import { createJournalReader } from "./journal.ts";
import { journalKey } from "./keys.ts";

let server: Awaited<ReturnType<typeof startOwnRedis>>;
let [reading, writing]: RedisClient[] = [];
beforeAll(async () => {
  server = await startOwnRedis();
  [reading, writing] = [await openTestRedis(server.url), await openTestRedis(server.url)];
});
afterAll(async () => {
  await Promise.all([reading?.quit(), writing?.quit()]);
  await server.stop();
});

function clients(): { reading: RedisClient; writing: RedisClient } {
  if (!reading || !writing) throw new Error("not connected");
  return { reading, writing };
}

const add = async (partition: number, id: string, text: string) =>
  (await clients().writing.xadd(journalKey(partition), id, "e", text)) ?? "";

test("a read goes on behind an id, waits for what comes, and reports what it can't read", async () => {
  const poison: string[] = [];
  const reader = createJournalReader({ redis: clients().reading, onPoison: ({ id }) => poison.push(id) });
  expect(await reader.lastId(1)).toBe("0-0");
  const waiting = reader.read(
    new Map([
      [1, "0-0"],
      [2, "0-0"],
    ]),
    { blockMs: 5000, count: 10 },
  );
  const first = await add(1, "*", '{"type":"superseded"}');
  expect(await waiting).toEqual([{ partition: 1, id: first, event: { type: "superseded" } }]);
  const bad = await add(1, "*", "not json");
  const good = await add(2, "*", '{"type":"timeout"}');
  const after = new Map([
    [1, first],
    [2, "0-0"],
  ]);
  expect(await reader.read(after, { blockMs: 5000, count: 10 })).toEqual([{ partition: 2, id: good, event: { type: "timeout" } }]);
  expect(poison).toEqual([bad]);
  expect(await reader.lastId(1)).toBe(bad);
  expect(await reader.read(new Map([[1, bad]]), { blockMs: 10, count: 10 })).toEqual([]);
});

test("trimming forgets what lies before the acknowledged entry, and nothing young", async () => {
  const reader = createJournalReader({ redis: clients().reading, onPoison: () => undefined });
  for (const id of ["1-0", "2-0", "3-0"]) await add(3, id, "{}");
  const remaining = async () => (await clients().writing.xrange(journalKey(3), "-", "+")).map(([id]) => id);
  await reader.trimBehind(3, "2-0", 600_000);
  expect(await remaining()).toEqual(["2-0", "3-0"]);
  const young = [await add(3, "*", "{}"), await add(3, "*", "{}")];
  await reader.trimBehind(3, young[1] ?? "", 600_000);
  expect(await remaining()).toEqual(young);
});
