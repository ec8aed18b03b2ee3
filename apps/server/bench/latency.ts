/** How long one voice request takes: alone, at 200 calls a second from the moment each is due, and with all else a call brings. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { BenchContext, Benchmark } from "./bench-context.ts";
import { fillDatabase, type FilledTenant } from "./bench-tenant.ts";
import { figuresOf } from "./figure.ts";
import { atRate, closedLoop, loadBaseline, loadProduct, type Pace } from "./load.ts";
import { runNode } from "./node-process.ts";
import { keepRecorderAway } from "./recorder-backlog.ts";
import { inTurn } from "./rounds.ts";
import { newKeyRing, startBaseline, startProduct } from "./server-pair.ts";

const rounds = 5;
const ratePerSecond = 200;
const wholeCalls = 3_000;
const bare = "Fastify, the same JSON, one minimal script, constant XML";

const percentiles = z.object({ count: z.number(), p50: z.number(), p99: z.number() });
const simulation = z.object({
  latencyMs: z.object({ voice: percentiles, dialResult: percentiles, sessionUpdate: percentiles, cdr: percentiles }),
});

/** Plays whole calls: first requests, dial results, ten or more session updates and a CDR each. */
const playCalls = async (context: BenchContext, port: number, tenant: FilledTenant) => {
  const json = join(context.dir, "simulation.json");
  const flags = {
    ...{ url: `http://127.0.0.1:${port}`, "tenant-key": tenant.tenantKey, token: tenant.webhookToken, domain: tenant.domain },
    ...{ "first-run": join(context.dir, "absent.json"), profile: "steady", to: "+15550100002", seed: "bench", json },
    ...{ calls: String(wholeCalls), rate: String(ratePerSecond) },
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  await runNode(new URL("../../simulator/src/main.ts", import.meta.url), args, 180_000);
  return simulation.parse(JSON.parse(readFileSync(json, "utf8"))).latencyMs;
};

export const latency: Benchmark = {
  describes: "time to answer, alone and at 200 calls a second",
  run: async (context) => {
    const { figures, add } = figuresOf("latency");
    const keyRing = newKeyRing();
    const database = await context.startDatabase();
    const [tenant] = await fillDatabase(database.url, keyRing, [{ name: "latency", members: 10, strategy: "load_balanced" }]);
    if (!tenant) return figures;
    const redis = await context.startRedis("redis-product");
    const { release } = await keepRecorderAway(redis.url);
    const [product, baseline] = [await startProduct(context, database, { keyRing, redis }), await startBaseline(context)];

    const beside = async (what: string, pace: Pace, limitMs: number) => {
      const sides = {
        bare: async () => (await loadBaseline(baseline.port, pace)).latencyMs.p99,
        product: async () => (await loadProduct(product.port, tenant, pace)).latencyMs.p99,
      };
      const measured = await inTurn(rounds, sides, (round) => context.say(`${what}, round ${round} of ${rounds}`));
      add(`p99 ${what}`, measured.median("product"), "ms", {
        baseline: { what: bare, value: measured.median("bare") },
        target: { of: "value", is: "below", limit: limitMs },
      });
    };
    await beside("one at a time", closedLoop(1, 2), 5);
    // From here on the recorder works beside the calls, in the same process, as it does where one process is all there is.
    await release();
    await beside(`at ${ratePerSecond} calls/s, recorded by the same process`, atRate(ratePerSecond, 4), 20);
    await baseline.stop();

    // Without a target: whoever plays whole calls takes as much of the processors as the server does.
    context.say(`playing ${wholeCalls} whole calls at ${ratePerSecond}/s`);
    const { voice, dialResult, sessionUpdate, cdr } = await playCalls(context, product.port, tenant);
    const whole = `of whole calls at ${ratePerSecond}/s`;
    add(`p99 voice request ${whole}`, voice.p99, "ms");
    add(`p99 dial result ${whole}`, dialResult.p99, "ms");
    add(`p99 session update ${whole}`, sessionUpdate.p99, "ms");
    add(`p99 CDR ${whole}`, cdr.p99, "ms");
    return figures;
  },
};
