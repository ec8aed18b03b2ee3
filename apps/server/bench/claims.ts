/** The claim at Redis itself, without the door: how many a second, and how long each holds Redis's one thread, beside a minimal script. */
import { createClaim } from "@switchboard/execution/claim";
import { createRedisClient, type RedisClient } from "@switchboard/execution/client";
import { partitionOf } from "@switchboard/execution/keys";
import { createRebuild } from "@switchboard/execution/rebuild";
import type { ClaimRequest } from "@switchboard/routing/claim";
import { callId } from "@switchboard/routing/ids";
import type { Plan } from "@switchboard/routing/plan";
import { compilePlan } from "@switchboard/routing/plan";
import type { Strategy } from "@switchboard/routing/plan-source";
import { firstStep } from "../src/webhook/call-steps.ts";
import type { Benchmark } from "./bench-context.ts";
import { planSourceOf } from "./bench-plan.ts";
import { figuresOf } from "./figure.ts";
import { createMinimalClaim } from "./minimal-script.ts";
import { commandFigures, resetFigures, untilReady } from "./redis-figures.ts";
import { inTurn, median } from "./rounds.ts";

const rounds = 5;
const secondsPerSide = 1.5;
const inFlight = 64;
const minimal = "a minimal script (SET NX, ZADD, XADD) over the same client";

/** What a call's first request asks of the claim; a new call each time. */
export const newCalls = (plan: Plan): (() => ClaimRequest) => {
  let counter = 0;
  const sessionOf = () => (counter++).toString(16).padStart(32, "0");
  return () => {
    const session = sessionOf();
    const voice = {
      ...{
        session,
        sipCallIds: [`${session}@10.0.0.5`, "id:4711"],
        from: "+15550100001",
        to: "+15550100002",
        direction: "inbound" as const,
      },
      ...{ domain: "bench.example", dialWord: "in-progress" },
      fields: {
        Session: session,
        From: "+15550100001",
        To: "+15550100002",
        Direction: "inbound",
        CallStatus: "in-progress",
        DialCallStatus: null,
      },
    };
    return firstStep(plan, { voice, callId: callId(`cal_${session.slice(-20)}`), receivedAt: Date.now(), test: false });
  };
};

/** As after a start on an empty database: the partition has its epoch. */
export const setEpoch = async (redis: RedisClient, plan: Plan) => {
  await untilReady(redis);
  await createRebuild(redis).rebuildPartition(partitionOf(plan.tenant.id), { job: "bench", token: 1 }, []);
};

/** Keeps so many going for the time given; answers how many were done a second. */
const perSecond = async (work: () => Promise<unknown>): Promise<number> => {
  let done = 0;
  const began = performance.now();
  const until = began + secondsPerSide * 1_000;
  const lane = async () => {
    while (performance.now() < until) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return (done * 1_000) / (performance.now() - began);
};

type Side = { name: string; members: number; strategy: Strategy };
const sides: Side[] = [
  ...[10, 50, 200].map((members) => ({ name: `${members} agents, load_balanced`, members, strategy: "load_balanced" as const })),
  ...[10, 50, 200].map((members) => ({ name: `${members} agents, round_robin`, members, strategy: "round_robin" as const })),
];

export const claims: Benchmark = {
  describes: "claims a second at Redis, beside a minimal script",
  run: async (context) => {
    const { figures, add } = figuresOf("claims");
    const { url } = await context.startRedis("redis");
    const redis = createRedisClient({ url, cluster: false, role: "claims" });
    const figuresClient = createRedisClient({ url, cluster: false, role: "jobs" });
    context.onEnd(() => [redis, figuresClient].forEach((client) => client.disconnect()));
    await untilReady(redis);
    const [claim, minimalClaim] = [createClaim(redis), await createMinimalClaim(redis)];
    const scriptTimes = new Map<string, number[]>();

    const timed = (name: string, work: () => Promise<unknown>) => async () => {
      await resetFigures(figuresClient);
      const rate = await perSecond(work);
      const { microsecondsPerCall } = await commandFigures(figuresClient, "evalsha");
      scriptTimes.set(name, [...(scriptTimes.get(name) ?? []), microsecondsPerCall]);
      return rate;
    };
    let bareCalls = 0;
    const bare = timed("bare", () => minimalClaim((bareCalls++).toString(16).padStart(32, "0")));
    const measured: Record<string, () => Promise<number>> = { bare };
    for (const [index, { name, ...size }] of sides.entries()) {
      const plan = compilePlan(planSourceOf({ ...size, tenant: index, rules: 1, settings: { ringSeconds: 120, maxTotalSeconds: 120 } }));
      await setEpoch(redis, plan);
      const nextCall = newCalls(plan);
      measured[name] = timed(name, async () => {
        const { kind } = await claim(nextCall());
        if (kind !== "decided") throw new Error(`a claim answered ${kind}`);
      });
    }
    const rates = await inTurn(rounds, measured, (round) => context.say(`round ${round} of ${rounds}`));
    const timeOf = (name: string) => median(scriptTimes.get(name) ?? []);
    for (const { name, members, strategy } of sides) {
      add(name, rates.median(name), "claims/s", {
        baseline: { what: minimal, value: rates.median("bare") },
        target: members === 200 && strategy === "load_balanced" ? { of: "value", is: "at least", limit: 1_800 } : null,
      });
    }
    for (const { name } of sides) {
      add(`Redis time, ${name}`, timeOf(name), "µs", { baseline: { what: minimal, value: timeOf("bare") } });
    }
    return figures;
  },
};
