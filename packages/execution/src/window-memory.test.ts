/** The rolling window's memory and arithmetic over long times. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createReadAgentFigures } from "./agent-figures.ts";
import { openSharedRedis } from "./cases/redis-engine-fixture.ts";
import { agent, createWorld, group, member, start } from "./cases/world-fixture.ts";
import { createClaim } from "./claim.ts";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { composeLua } from "./script.ts";

let redis: RedisClient;
beforeAll(async () => {
  redis = await openSharedRedis(inject("redisUrl"));
});
afterAll(async () => {
  await redis.quit();
});

const minuteMs = 60_000;

/** The window's own code. */
const windowCode = ["shared-clock", "shared-agent-row", "shared-window"].map(composeLua).join("\n");

/** Assigns ARGV 3 in each of ARGV 4 minutes from ARGV 1 on, ARGV 5 times, with windows of 24 and 168 hours. */
const assignOften = `
local from, agent = tonumber(ARGV[1]), ARGV[3]
for minute = 0, tonumber(ARGV[4]) - 1 do
  ARGV[1] = tostring(from + minute * ${minuteMs})
  ;(function()
    ${windowCode}
    local row = load_row(agent)
    advance_row(agent, row, {24, 168, 0})
    for _ = 1, tonumber(ARGV[5]) do count_assignment(agent, row, row[2], 1) end
    save_row(agent, row)
  end)()
end`;

test("a million assignments over nine days keep an agent's window exact and under 64 KB", async () => {
  const world = createWorld();
  const [days, perDay, each] = [9, 1440, 78];
  for (let day = 0; day < days; day++) {
    const from = start + day * perDay * minuteMs;
    await redis.eval(assignOften, 2, ...tenantScriptKeys(world.tenantId), from, world.tenantId, agent("a"), perDay, each);
  }
  const end = () => start + (days * perDay - 1) * minuteMs;
  const figure = (await createReadAgentFigures(redis, end)(world.tenantId, [agent("a")])).get(agent("a"));
  expect(figure?.callsInWindow).toEqual({ 24: 1440 * each, 168: 10_080 * each });
  const [, prefix] = tenantScriptKeys(world.tenantId);
  const keys = await redis.keys(`${prefix}*`);
  const bytes = await Promise.all(keys.map((key) => redis.memory("USAGE", key)));
  expect(days * perDay * each).toBeGreaterThan(1_000_000);
  expect(bytes.reduce<number>((sum, size) => sum + (size ?? 0), 0)).toBeLessThan(65_536);
});

test("a tenant's change of window lengths keeps what is known, and every total is counted anew", async () => {
  const world = createWorld();
  const settings = { windowHours: 24 };
  const of = group("load_balanced", [member("a")], { settings });
  const countAt = async (hours: number, windowHoursInUse: number[], planVersion: number) => {
    const clock = () => start + hours * 3_600_000;
    const claimed = await createClaim(redis, clock)(world.request({ group: of, windowHoursInUse, planVersion }));
    expect(claimed).toMatchObject({ kind: "decided", decision: { kind: "agent" } });
    return (await createReadAgentFigures(redis, clock)(world.tenantId, [agent("a")])).get(agent("a"))?.callsInWindow;
  };
  expect(await countAt(0, [24], 1)).toEqual({ 24: 1 });
  expect(await countAt(2, [1, 24], 2)).toEqual({ 1: 1, 24: 2 });
  expect(await countAt(23, [24, 48], 3)).toEqual({ 24: 3, 48: 3 });
  expect(await countAt(47, [24, 48], 3)).toEqual({ 24: 1, 48: 4 });
  expect(await countAt(48.5, [24], 4)).toEqual({ 24: 2 });
});
