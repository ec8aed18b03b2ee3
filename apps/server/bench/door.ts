/** The voice door under full load, one process, beside a bare server: how many calls a second, and what each costs the stores. */
import { setTimeout as pause } from "node:timers/promises";
import { createDatabase } from "@switchboard/control/database";
import { createRedisClient } from "@switchboard/execution/client";
import type { BenchContext, Benchmark, RunningServer } from "./bench-context.ts";
import { type BenchTenant, fillDatabase, type FilledTenant } from "./bench-tenant.ts";
import { figuresOf, type Target } from "./figure.ts";
import { closedLoop, loadBaseline, loadProduct, oneByOne } from "./load.ts";
import { keepRecorderAway, untilRecorded } from "./recorder-backlog.ts";
import { commandsDuring } from "./redis-figures.ts";
import { inTurn } from "./rounds.ts";
import { newKeyRing, type Running, startBaseline, startProduct } from "./server-pair.ts";

const rounds = 5;
const pace = closedLoop(64, 1.6);
const counted = 300;
const bare = "Fastify, the same JSON, one minimal script, constant XML";

const sizes = [10, 50, 200];
const strategies = ["load_balanced", "round_robin"] as const;
const tenants: BenchTenant[] = strategies.flatMap((strategy) =>
  sizes.map((members) => ({ name: `${strategy.replace("_", "-")}-${members}`, members, strategy })),
);

const targetOf = ({ members, strategy }: BenchTenant): Target | null => {
  if (strategy !== "load_balanced") return null;
  if (members === 10) return { of: "ratio", is: "at least", limit: 0.6 };
  return members === 200 ? { of: "value", is: "at least", limit: 1_800 } : null;
};

type Add = ReturnType<typeof figuresOf>["add"];
type Place = { context: BenchContext; database: RunningServer; product: Running; baseline: Running; filled: FilledTenant[]; calls: number };

/** Calls of one tenant a second; what was sent is added up. */
const productSide = (place: Place, tenant: FilledTenant) => async () => {
  const result = await loadProduct(place.product.port, tenant, pace);
  place.calls += result.sent;
  return result.perSecond;
};
const bareSide = (place: Place) => async () => (await loadBaseline(place.baseline.port, pace)).perSecond;

const measureThroughput = async (place: Place, add: Add) => {
  const sides: Record<string, () => Promise<number>> = { bare: bareSide(place) };
  for (const tenant of place.filled) sides[tenant.name] = productSide(place, tenant);
  const measured = await inTurn(rounds, sides, (round) => place.context.say(`throughput, round ${round} of ${rounds}`));
  for (const tenant of place.filled) {
    add(`${tenant.members} agents, ${tenant.strategy}`, measured.median(tenant.name), "calls/s", {
      baseline: { what: bare, value: measured.median("bare") },
      target: targetOf(tenant),
    });
  }
};

/** The same with the recorder at work in the process that answers, on the processors that the databases and the load use too. */
const measureWhileRecording = async (place: Place, tenant: FilledTenant, add: Add) => {
  const side = productSide(place, tenant);
  const recorded = async () => {
    const perSecond = await side();
    await untilRecorded(place.product.port, place.calls);
    return perSecond;
  };
  const sides = { bare: bareSide(place), product: recorded };
  const measured = await inTurn(rounds, sides, (round) => place.context.say(`while recording, round ${round} of ${rounds}`));
  add(`${tenant.members} agents, while the same process records`, measured.median("product"), "calls/s", {
    baseline: { what: bare, value: measured.median("bare") },
  });
};

/** What the claims' connections send while calls come one by one; the watchdog's own commands are told apart. */
const countCommands = async ({ context, product }: Place, tenant: FilledTenant, add: Add) => {
  context.say(`counting Redis commands over ${counted} calls`);
  const client = createRedisClient({ url: product.redis.url, cluster: false, role: "jobs" });
  const port = Number(new URL(product.redis.url).port);
  const counts = await commandsDuring(client, port, "switchboard-claims", async () => {
    await loadProduct(product.port, tenant, oneByOne(counted));
  });
  client.disconnect();
  add("Redis commands a call", (counts.get("evalsha") ?? 0) / counted, "", { target: { of: "value", is: "at most", limit: 1 } });
  const others = [...counts].filter(([command]) => command !== "evalsha").map(([command, count]) => `${count} ${command}`);
  context.say(`  beside them the watchdog's ${others.join(", ") || "none"}`);
};

/** Nothing on the call path waits for MySQL: it is frozen meanwhile. */
const answerWithoutMysql = async ({ context, database, product }: Place, tenant: FilledTenant, add: Add) => {
  context.say(`${counted} calls while MariaDB is frozen`);
  process.kill(database.pid, "SIGSTOP");
  try {
    const { sent, latencyMs } = await loadProduct(product.port, tenant, oneByOne(counted));
    add("answered while MySQL is frozen", sent, `of ${counted}`, { target: { of: "value", is: "at least", limit: counted } });
    add("p99 while MySQL is frozen", latencyMs.p99, "ms", { target: { of: "value", is: "below", limit: 20 } });
  } finally {
    process.kill(database.pid, "SIGCONT");
  }
};

/** Every call answered is in MySQL, once. */
const countRecords = async ({ context, database, calls }: Place, add: Add) => {
  context.say("counting call records");
  const { prisma, close } = createDatabase(database.url);
  const wanted = calls + counted * 2;
  const deadline = performance.now() + 60_000;
  let found = await prisma.callRecord.count();
  for (; found < wanted && performance.now() < deadline; found = await prisma.callRecord.count()) await pause(200);
  add("call records missing or too many", Math.abs(found - wanted), "", { target: { of: "value", is: "at most", limit: 0 } });
  await close();
};

export const door: Benchmark = {
  describes: "voice requests a second, full path, beside a bare server",
  run: async (context) => {
    const { figures, add } = figuresOf("door");
    const keyRing = newKeyRing();
    const database = await context.startDatabase();
    context.say(`creating ${tenants.length} tenants`);
    const filled = await fillDatabase(database.url, keyRing, tenants);
    const [tenant] = filled;
    if (!tenant) return figures;
    const baseline = await startBaseline(context);
    const shared = { context, database, baseline, filled, calls: 0 };

    const redis = await context.startRedis("redis-calls-alone");
    const { release } = await keepRecorderAway(redis.url);
    const alone = await startProduct(context, database, { keyRing, redis });
    await measureThroughput({ ...shared, product: alone }, add);
    await alone.stop();
    await release();

    const place = { ...shared, product: await startProduct(context, database, { keyRing }) };
    await measureWhileRecording(place, tenant, add);
    await baseline.stop();
    await countCommands(place, tenant, add);
    await answerWithoutMysql(place, tenant, add);
    await countRecords(place, add);
    return figures;
  },
};
