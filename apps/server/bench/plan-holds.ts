/** A process of its own that reads, compiles, reads again and seals a tenant's plan as the server does, and says how long each held it up. */
import { setTimeout as pause } from "node:timers/promises";
import { createDatabase } from "@switchboard/control/database";
import { readKeyRing } from "@switchboard/control/key-ring";
import { loadPlanSource } from "@switchboard/control/plan-source";
import { execute } from "@switchboard/control/sql";
import { tenantId } from "@switchboard/routing/ids";
import type { Plan } from "@switchboard/routing/plan";
import { pino } from "pino";
import { compileSlowly } from "../src/plans/compile-slowly.ts";
import { createPlanSnapshot, type PlanSnapshot } from "../src/plans/plan-snapshot.ts";
import { type Holds, type HoldsJob, parseHoldsJob } from "./plan-holds-job.ts";

/** As long as most of what is measured. */
const idleMs = 500;

/** Milliseconds of the longest time between two turns of the event loop while the work goes on, and what came of it. */
const held = async <Result>(work: () => Promise<Result>): Promise<{ ms: number; result: Result }> => {
  let longest = 0;
  let last = performance.now();
  let going = true;
  const probe = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (going) setImmediate(probe);
  };
  setImmediate(probe);
  const result = await work();
  going = false;
  return { ms: Math.max(longest, performance.now() - last), result };
};

const openPlans = (job: HoldsJob) => {
  const database = createDatabase(job.databaseUrl);
  const keyRing = readKeyRing(job.keyRing);
  const tenant = tenantId(job.tenant);
  const read = async (known?: Plan) => {
    const source = await loadPlanSource(database, keyRing, tenant, known);
    if (!source) throw new Error("there is no such tenant");
    return source;
  };
  const readAndCompile = async (before: Plan) => compileSlowly(await read(before), before);
  const snapshotOf = (plan: Plan) => {
    const entry = { id: tenant, keys: [], tokens: [], domains: new Set<string>(), reportsCarryBearer: false, planVersion: plan.version };
    return createPlanSnapshot({
      directory: job.directory,
      keys: keyRing.derive("plan-snapshot"),
      load: async () => ({ entry, source: await read(plan) }),
      logger: pino({ level: "silent" }),
    });
  };
  const seal = async (snapshot: PlanSnapshot) => {
    snapshot.changed(tenant);
    await snapshot.close();
  };
  const unseal = async (snapshot: PlanSnapshot, plan: Plan) => {
    const [kept] = await snapshot.readAll();
    if (kept?.source.inboundRules.size !== plan.inbound.rules.size) throw new Error("the sealed plan lacks rules");
  };
  const change = (sql: string) => execute(database.backgroundPool, sql, [tenant]);
  return { read, readAndCompile, snapshotOf, seal, unseal, change, close: database.close };
};

const measure = async (job: HoldsJob): Promise<Holds> => {
  const { read, readAndCompile, snapshotOf, seal, unseal, change, close } = openPlans(job);
  // Whatever a process that has just started still tidies up is over.
  await held(() => pause(idleMs));
  const idle = await held(() => pause(idleMs));
  const first = await held(read);
  const compiled = await held(() => compileSlowly(first.result, null));
  await change("UPDATE voice_agents SET capacity = COALESCE(capacity, 0) + 1 WHERE tenant_id = ?");
  const agentEdited = await held(() => readAndCompile(compiled.result));
  await change("UPDATE inbound_rules SET priority = priority + 1 WHERE tenant_id = ? ORDER BY id LIMIT 5000");
  const manyChanged = await held(() => readAndCompile(agentEdited.result));
  // Made once, while a server starts.
  const snapshots = [snapshotOf(manyChanged.result), snapshotOf(manyChanged.result)] as const;
  const sealed = await held(() => seal(snapshots[0]));
  const unsealed = await held(() => unseal(snapshots[1], manyChanged.result));
  await close();
  const [reads, compiles] = [
    { idle: idle.ms, first: first.ms, compiled: compiled.ms },
    { agentEdited: agentEdited.ms, manyChanged: manyChanged.ms },
  ];
  return { ...reads, ...compiles, sealed: sealed.ms, unsealed: unsealed.ms };
};

process.stdout.write(JSON.stringify(await measure(parseHoldsJob(process.argv[2] ?? "{}"))));
process.exit(0);
