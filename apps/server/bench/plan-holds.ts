/** A process of its own that reads, compiles, reads again and seals a tenant's plan as the server does, and says how long each held it up. */
import { existsSync, openSync, readSync } from "node:fs";
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
import { type Hold, type Holds, type HoldsJob, parseHoldsJob } from "./plan-holds-job.ts";

/** As long as most of what is measured. */
const idleMs = 500;

/**
 * Milliseconds that this thread has stood in line for a processor, as Linux counts them: what other programs and threads take away is
 * no work of ours. Always 0 where nobody counts.
 */
const createInLine = (): (() => number) => {
  const path = "/proc/thread-self/schedstat";
  if (!existsSync(path)) return () => 0;
  const [file, text] = [openSync(path, "r"), Buffer.alloc(64)];
  return () => Number(text.toString("latin1", 0, readSync(file, text, 0, text.length, 0)).split(" ")[1]) / 1e6;
};
const inLine = createInLine();

/** The longest time between two turns of the event loop while the work goes on, and what came of it. */
const held = async <Result>(work: () => Promise<Result>): Promise<{ hold: Hold; result: Result }> => {
  const hold = { wall: 0, own: 0 };
  let [last, lastInLine] = [performance.now(), inLine()];
  const note = () => {
    const [now, nowInLine] = [performance.now(), inLine()];
    hold.wall = Math.max(hold.wall, now - last);
    hold.own = Math.max(hold.own, now - last - (nowInLine - lastInLine));
    [last, lastInLine] = [now, nowInLine];
  };
  let going = true;
  const turn = () => {
    if (!going) return;
    note();
    setImmediate(turn);
  };
  setImmediate(turn);
  const result = await work();
  note();
  going = false;
  return { hold, result };
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
  return {
    ...{ idle: idle.hold, first: first.hold, compiled: compiled.hold, agentEdited: agentEdited.hold },
    ...{ manyChanged: manyChanged.hold, sealed: sealed.hold, unsealed: unsealed.hold },
  };
};

process.stdout.write(JSON.stringify(await measure(parseHoldsJob(process.argv[2] ?? "{}"))));
process.exit(0);
