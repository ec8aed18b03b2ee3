/** A million calls to one agent over a whole week's window: how much memory its counters take, and that none was lost. */
import { createClaim } from "@switchboard/execution/claim";
import { createRedisClient, type RedisClient } from "@switchboard/execution/client";
import { createReadAgentFigures } from "@switchboard/execution/agent-figures";
import { compilePlan } from "@switchboard/routing/plan";
import type { BenchContext, Benchmark } from "./bench-context.ts";
import { agentIdOf, planSourceOf } from "./bench-plan.ts";
import { newCalls, setEpoch } from "./claims.ts";
import { figuresOf } from "./figure.ts";
import { askRedis, bytesOfKey } from "./redis-figures.ts";

const assignments = 1_000_000;
const windowHours = 168;
const together = 250;
const batches = assignments / together;
const forgetEvery = 200;
const hourMs = 3_600_000;
const mostBytes = 64 * 1024;

/** Every key, in slices. */
async function* keysOf(redis: RedisClient): AsyncGenerator<string[]> {
  let cursor = "0";
  do {
    const reply = await askRedis(redis, "SCAN", cursor, "COUNT", 2_000);
    if (!Array.isArray(reply)) throw new Error("SCAN answered no list");
    const [next, keys]: unknown[] = reply;
    cursor = String(next);
    if (Array.isArray(keys)) yield keys.map(String);
  } while (cursor !== "0");
}

/** What ended calls leave is not what is measured, and would fill the memory before the test's clock lets it go. */
const forgetCalls = async (redis: RedisClient) => {
  for await (const keys of keysOf(redis)) {
    const calls = keys.filter((key) => /cal_[0-9a-z]{20}$|:sip:/.test(key));
    if (calls.length > 0) await askRedis(redis, "UNLINK", ...calls);
    for (const journal of keys.filter((key) => key.endsWith(":journal"))) await askRedis(redis, "XTRIM", journal, "MAXLEN", 0);
  }
};

const assign = async (context: BenchContext, url: string, clock: { now: number }) => {
  const redis = createRedisClient({ url, cluster: false, role: "claims" });
  const jobs = createRedisClient({ url, cluster: false, role: "jobs" });
  context.onEnd(() => [redis, jobs].forEach((client) => client.disconnect()));
  // Nothing of this needs to survive.
  await askRedis(jobs, "CONFIG", "SET", "appendonly", "no");
  const settings = { windowHours, ringSeconds: 5 };
  const plan = compilePlan(planSourceOf({ tenant: 1, members: 1, strategy: "load_balanced", rules: 1, settings }));
  await setEpoch(redis, plan);
  const [claim, nextCall] = [createClaim(redis, () => clock.now), newCalls(plan)];
  const end = clock.now;
  for (let batch = 1; batch <= batches; batch++) {
    clock.now = end - Math.round(((batches - batch) * (windowHours * hourMs - 60_000)) / batches);
    await Promise.all(Array.from({ length: together }, () => claim(nextCall())));
    if (batch % forgetEvery === 0) await forgetCalls(jobs);
    if (batch % 800 === 0) context.say(`${(batch * together).toLocaleString("en-US")} calls`);
  }
  return { jobs, plan };
};

export const window: Benchmark = {
  describes: "memory of one agent's window after a million calls in a week",
  run: async (context) => {
    const { figures, add } = figuresOf("window");
    const { url } = await context.startRedis("redis");
    const clock = { now: Date.now() };
    const { jobs, plan } = await assign(context, url, clock);
    let bytes = 0;
    for await (const keys of keysOf(jobs)) {
      for (const key of keys.filter((name) => name.endsWith(agentIdOf(0)))) bytes += await bytesOfKey(jobs, key);
    }
    const figureOf = await createReadAgentFigures(jobs, () => clock.now)(plan.tenant.id, [agentIdOf(0)]);
    add("counters of one agent", bytes, "bytes", { target: { of: "value", is: "at most", limit: mostBytes } });
    add("calls counted in the window", figureOf.get(agentIdOf(0))?.callsInWindow[windowHours] ?? 0, "calls", {
      target: { of: "value", is: "at least", limit: assignments },
    });
    return figures;
  },
};
