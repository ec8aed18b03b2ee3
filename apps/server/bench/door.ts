/** The voice door under full load, one process, beside a bare server: how many calls a second, and what each costs the stores. */
import { createDatabase } from "@switchboard/control/database";
import { createRedisClient } from "@switchboard/execution/client";
import type { BenchContext, Benchmark, RunningServer } from "./bench-context.ts";
import { type BenchTenant, fillDatabase, type FilledTenant } from "./bench-tenant.ts";
import { figuresOf } from "./figure.ts";
import { closedLoop, loadBaseline, loadProduct, oneByOne } from "./load.ts";
import { untilRecorded } from "./recorder-backlog.ts";
import { commandsDuring } from "./redis-figures.ts";
import { inTurn } from "./rounds.ts";
import { newKeyRing, type Running, startBaseline, startProduct } from "./server-pair.ts";

const rounds = 5;
const secondsPerSide = 2.5;
const connections = 64;
const counted = 300;
const bare = "Fastify, the same JSON, one minimal script, constant XML";

const sizes = [10, 50, 200];
const strategies = ["load_balanced", "round_robin"] as const;
const tenants: BenchTenant[] = strategies.flatMap((strategy) =>
  sizes.map((members) => ({ name: `${strategy.replace("_", "-")}-${members}`, members, strategy })),
);

type Figures = ReturnType<typeof figuresOf>;
type Place = { context: BenchContext; database: RunningServer; product: Running; filled: FilledTenant[] };

const measureThroughput = async ({ context, product, filled }: Place, add: Figures["add"]) => {
  const baseline = await startBaseline(context);
  const pace = closedLoop(connections, secondsPerSide);
  let calls = 0;
  const sideOf = (tenant: FilledTenant) => async () => {
    const result = await loadProduct(product.port, tenant, pace);
    calls += result.sent;
    await untilRecorded(product.port, calls);
    return result.perSecond;
  };
  const bareSide = async () => (await loadBaseline(baseline.port, pace)).perSecond;
  const sides: Record<string, () => Promise<number>> = { bare: bareSide };
  for (const tenant of filled) sides[tenant.name] = sideOf(tenant);
  const measured = await inTurn(rounds, sides, (round) => context.say(`throughput, round ${round} of ${rounds}`));
  await baseline.stop();
  for (const { name, members, strategy } of filled) {
    const target =
      members === 10
        ? ({ of: "ratio", is: "at least", limit: 0.6 } as const)
        : members === 200
          ? ({ of: "value", is: "at least", limit: 1_800 } as const)
          : null;
    add(`${members} agents, ${strategy}`, measured.median(name), "calls/s", {
      baseline: { what: bare, value: measured.median("bare") },
      target: strategy === "load_balanced" ? target : null,
    });
  }
  return calls;
};

/** What the claims' connection sends while calls come one by one; the watchdog's own commands are told apart. */
const countCommands = async ({ context, product, filled }: Place, add: Figures["add"]) => {
  context.say(`counting Redis commands over ${counted} calls`);
  const [tenant] = filled;
  if (!tenant) return;
  const client = createRedisClient({ url: product.redis.url, cluster: false, role: "jobs" });
  const port = Number(new URL(product.redis.url).port);
  const counts = await commandsDuring(client, port, "switchboard-claims", async () => {
    await loadProduct(product.port, tenant, oneByOne(counted));
  });
  client.disconnect();
  const claims = counts.get("evalsha") ?? 0;
  add("Redis commands a call", claims / counted, "", { target: { of: "value", is: "at most", limit: 1 } });
  const others = [...counts].filter(([command]) => command !== "evalsha");
  context.say(
    `  ${claims} evalsha; beside them ${others.map(([command, count]) => `${count} ${command}`).join(", ") || "nothing"} (the watchdog)`,
  );
};

/** Nothing on the call path waits for MySQL: it is frozen meanwhile. */
const answerWithoutMysql = async ({ context, database, product, filled }: Place, add: Figures["add"]) => {
  context.say(`${counted} calls while MariaDB is frozen`);
  const [tenant] = filled;
  if (!tenant) return;
  process.kill(database.pid, "SIGSTOP");
  try {
    const result = await loadProduct(product.port, tenant, oneByOne(counted));
    add("answered while MySQL is frozen", result.sent, `of ${counted}`, { target: { of: "value", is: "at least", limit: counted } });
    add("p99 while MySQL is frozen", result.latencyMs.p99, "ms", { target: { of: "value", is: "below", limit: 20 } });
  } finally {
    process.kill(database.pid, "SIGCONT");
  }
};

/** Every call answered is in MySQL, once. */
const countRecords = async ({ context, database, product }: Place, calls: number, add: Figures["add"]) => {
  context.say("waiting for the recorder, counting call records");
  await untilRecorded(product.port, calls);
  const { prisma, close } = createDatabase(database.url);
  add("call records missing or too many", Math.abs((await prisma.callRecord.count()) - calls), "", {
    target: { of: "value", is: "at most", limit: 0 },
  });
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
    const product = await startProduct(context, database, { keyRing });
    const place = { context, database, product, filled };
    const calls = await measureThroughput(place, add);
    await countCommands(place, add);
    await answerWithoutMysql(place, add);
    await countRecords(place, calls + counted * 2, add);
    return figures;
  },
};
