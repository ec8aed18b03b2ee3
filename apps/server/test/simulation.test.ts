/** Asking where a call would go: the same answer as a real call gets, and nothing changed by asking. */
import { once } from "node:events";
import { createRedisClient, type RedisClient } from "@switchboard/execution/client";
import { journalKey, partitionOf } from "@switchboard/execution/keys";
import { rowsOf } from "@switchboard/control/sql";
import { createSeededRandom } from "@switchboard/simulator/seeded-random";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newSession, openDoor } from "./call.ts";
import { openSimulations, type Simulations } from "./simulation-world.ts";

let world: Simulations;
beforeAll(async () => {
  world = await openSimulations();
});
afterAll(() => world.server.stop());

/** A real answer without what a simulated one may not have: credentials and a signature. */
const withoutSecrets = (xml: string) =>
  xml.replaceAll(/(username|password)="[^"]*"/g, '$1="•••"').replace(/dial-result\?s=[^"]*/, "dial-result?s=simulated");

const random = createSeededRandom("simulated calls");
const callers = ["+14155550100", "+442071234567", "anonymous", "02071234567"] as const;
const groupsCalled = ["1", "2", "3", "4", "5", "7", "9"].map((digit) => `+1555000${digit}000`);
const called = ["+15550006000", "1234", ...groupsCalled] as const;
const destinations = ["+442012345678", "02012345678", "+15550001000", "anonymous"] as const;

const madeUpCall = () => {
  const direction = random.chance(0.15) ? "outbound" : "inbound";
  return { direction, from: random.pick(callers), to: random.pick(direction === "outbound" ? destinations : called) };
};

test("over 300 made-up calls each gets, to the byte, the answer that was simulated just before", async () => {
  const door = openDoor(world.server.app, world.tenant);
  const seen = new Set<string>();
  for (let n = 0; n < 300; n += 1) {
    const { from, to, direction } = madeUpCall();
    const simulated = await world.simulate({ from, to, direction });
    const call = { Session: newSession(), From: from, To: to, Direction: direction === "outbound" ? "subscriber" : "inbound" };
    const real = await door.ring(call);
    expect(simulated.cxml, `call ${n}`).toBe(withoutSecrets(real.body));
    expect(simulated.degraded).toBe(false);
    seen.add(`${simulated.outcome} ${simulated.reason} ${real.document.verb}`);
    const then = random.pick(["stays", "busy", "no-answer", "completed"]);
    if (then !== "stays" && real.document.action !== null) await door.report(real.document, { ...call, DialCallStatus: then });
  }
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([
      "dial matched Dial",
      "fallback all_at_capacity Dial",
      "fallback all_at_capacity Say",
      "refuse no_rule Hangup",
      "refuse no_rule Reject",
    ]),
  );
});

const everything = async (redis: RedisClient) => {
  const stored: Record<string, unknown> = {};
  for (const key of (await redis.keys("*")).sort()) {
    const type = await redis.type(key);
    // What goes on by itself (jobs and their queue among it), and how many requests there were.
    if (/probe|job:|queue|fence|limit:|window:/.test(key)) continue;
    stored[key] = type === "hash" ? Object.entries(await redis.hgetall(key)).sort() : await redis.dumpBuffer(key);
  }
  const tables = await rowsOf<{ name: string }>(
    world.server.configurator.database.pool,
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()",
  );
  const rows: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await rowsOf<{ count: number }>(world.server.configurator.database.pool, `SELECT COUNT(*) AS count FROM \`${name}\``);
    rows[name] = row?.count ?? 0;
  }
  const journal = await redis.xlen(journalKey(partitionOf(world.tenant.tenantId)));
  return { stored, rows, journal };
};

test("asking changes nothing: not a key in Redis, not a row in MySQL, not a line in the journal, and the same question has the same answer", async () => {
  const redis = createRedisClient({ url: world.server.redis.url, cluster: false, role: "jobs" });
  await once(redis, "ready");
  // What calls before have left to be recorded is recorded first.
  const before = await vi.waitFor(
    async () => {
      const one = await everything(redis);
      const again = await everything(redis);
      expect(again).toEqual(one);
      // How webhooks were answered is written down once a second.
      expect(again.rows["webhook_answers"]).toBe(again.rows["webhook_events"]);
      return again;
    },
    { timeout: 60_000 },
  );
  const asked = { from: "+14155550100", to: "+15550001000" };
  const draft = {
    groups: [{ id: "fresh", name: "Fresh", strategy: "load_balanced", members: [{ agentId: world.ids[0] }] }],
    inboundRules: [{ pattern: "*", priority: 1, targetType: "agent_group", targetId: "fresh" }],
  };
  /** But for the seconds that an ejection has left. */
  const answer = async () => JSON.stringify(await world.simulate(asked)).replaceAll(/\d+ s more/g, "a while");
  const first = await answer();
  for (let n = 0; n < 10; n += 1) {
    expect(await answer()).toBe(first);
    await world.simulate({ ...asked, draft });
    await world.simulate({ from: "+14155550100", to: "+442012345678", direction: "outbound" });
  }
  expect(await everything(redis)).toEqual(before);
  redis.disconnect();
});

test("the candidates come with load, capacity and health, and those who can't take the call with why not", async () => {
  const { ids, tenant } = world;
  const { outcome, reason, agent, candidates, rule } = await world.simulate({ from: "+14155550100", to: "+15550004000" });
  expect({ outcome, reason, agent, rule }).toMatchObject({
    outcome: "fallback",
    reason: "all_at_capacity",
    agent: null,
    rule: { pattern: "+15550004*" },
  });
  expect(candidates).toMatchObject([
    { agentId: ids[4], available: false, why: "at its capacity: 0 of 0 calls", activeCalls: 0, capacity: 0, health: "healthy" },
  ]);

  const door = openDoor(world.server.app, tenant);
  const loadOf = async () => (await world.simulate({ from: "+1", to: "+15550006000" })).candidates[0]!;
  const before = await loadOf();
  const session = newSession();
  const { document } = await door.ring({ Session: session, To: "+15550006000" });
  expect(await loadOf()).toMatchObject({
    agentId: ids[0],
    available: true,
    activeCalls: before.activeCalls + 1,
    callsInWindow: before.callsInWindow + 1,
  });
  await door.report(document, { Session: session, DialCallStatus: "completed" });
  expect(await loadOf()).toMatchObject({ activeCalls: before.activeCalls, callsInWindow: before.callsInWindow + 1 });
});

test("an outbound call names its rule and its first trunk; one that no rule takes is rejected", async () => {
  const { outbound } = world;
  const dialled = await world.simulate({ from: "+14155550100", to: "02012345678", direction: "outbound" });
  expect(dialled).toMatchObject({
    outcome: "dial",
    reason: "matched",
    rule: { id: outbound, pattern: "GB" },
    trunk: "carrier-a",
    agent: null,
  });
  expect(dialled.cxml).toContain("<Number>+442012345678</Number>");
  const refused = await world.simulate({ from: "+14155550100", to: "+15551234567", direction: "outbound" });
  expect(refused).toMatchObject({ outcome: "refuse", reason: "no_rule", rule: null, trunk: null, candidates: [] });
});

test("without Redis it is said what a process decides by itself, flagged, and not an error", async () => {
  const other = await openSimulations();
  await using _ = other.server;
  await other.server.redis.stop();
  await vi.waitFor(async () => {
    const simulated = await other.simulate({ from: "+14155550100", to: "+15550003000" });
    expect(simulated).toMatchObject({ outcome: "dial", reason: "matched", degraded: true });
    expect(simulated.candidates.map(({ health }) => health)).toEqual(["unknown", "unknown", "unknown"]);
  }, 60_000);
});
