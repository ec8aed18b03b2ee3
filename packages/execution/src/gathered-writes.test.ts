import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startOwnRedis } from "../../../tests/redis-server.ts";
import { builtIn, createWorld, group, member, target } from "./cases/world-fixture.ts";
import { createClaim } from "./claim.ts";
import { createRedisClient, type RedisClient } from "./client.ts";

let server: Awaited<ReturnType<typeof startOwnRedis>>;
let claims: RedisClient;
let jobs: RedisClient;

const ready = (client: RedisClient) => new Promise<void>((resolve) => client.once("ready", () => resolve()));

beforeAll(async () => {
  server = await startOwnRedis();
  claims = createRedisClient({ url: server.url, cluster: false, role: "claims" });
  jobs = createRedisClient({ url: server.url, cluster: false, role: "jobs" });
  await Promise.all([ready(claims), ready(jobs)]);
});

afterAll(async () => {
  claims.disconnect();
  jobs.disconnect();
  await server.stop();
});

const readsOfRedis = async (): Promise<number> => Number(/total_reads_processed:(\d+)/.exec(await jobs.info("stats"))?.[1]);

test("commands of one turn reach Redis in few reads, and each gets its own answer", async () => {
  const before = await readsOfRedis();
  const answers = await Promise.all(Array.from({ length: 64 }, (_, index) => claims.echo(String(index))));
  // One read is the question itself.
  expect((await readsOfRedis()) - before - 1).toBeLessThanOrEqual(8);
  expect(answers).toEqual(Array.from({ length: 64 }, (_, index) => String(index)));
});

test("claims of many tenants in one turn reach Redis in few reads as well", async () => {
  const claim = createClaim(claims);
  const next = () => createWorld().request({ chain: [target(group("round_robin", [member("a")])), builtIn], windowHoursInUse: [24] });
  await claim(next());
  const before = await readsOfRedis();
  await Promise.all(Array.from({ length: 24 }, () => claim(next())));
  expect((await readsOfRedis()) - before - 1).toBeLessThanOrEqual(6);
});

test("a command is not held back while an earlier one waits for its answer", async () => {
  const waiting = claims.blpop("list", 5);
  await new Promise((resolve) => setImmediate(resolve));
  const quick = claims.echo("quick");
  // Redis has it in hand although it still owes the first answer.
  const seen = async () => expect(await jobs.call("CLIENT", "LIST")).toMatch(/name=switchboard-claims .* qbuf=[1-9]/);
  await vi.waitFor(seen, { interval: 5 });
  await jobs.rpush("list", "item");
  expect(await Promise.all([waiting, quick])).toEqual([["list", "item"], "quick"]);
});

test("after a broken connection commands go out again on the new one", async () => {
  const again = new Promise<void>((resolve) => claims.once("ready", () => resolve()));
  const cut = claims.echo("cut").catch(() => "failed");
  await jobs.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  await cut;
  await again;
  expect(await Promise.all([claims.echo("one"), claims.echo("two")])).toEqual(["one", "two"]);
});
