/** The resolver with 50,000 rules beside one with 100: a decision, a whole compile, one edit, and how long reading and compiling them hold the event loop. */
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Plan } from "@switchboard/routing/plan";
import { compilePlan, patchPlan } from "@switchboard/routing/plan";
import { routeCall } from "@switchboard/routing/route-call";
import { serverProcess } from "../../../scripts/setup/server-process.mjs";
import type { BenchContext, Benchmark } from "./bench-context.ts";
import { calledNumber, planSourceOf, ruleOf } from "./bench-plan.ts";
import { fillRules } from "./bench-rules.ts";
import { figuresOf } from "./figure.ts";
import { runNode } from "./node-process.ts";
import { type Hold, type Holds, type HoldsJob, parseHolds } from "./plan-holds-job.ts";
import { inTurn, median } from "./rounds.ts";
import { newKeyRing } from "./server-pair.ts";

const many = 50_000;
const few = 100;
const rounds = 9;
const decisions = 100_000;
const edits = 2_000;
const holdsLimitMs = 60_000;

const sourceOf = (rules: number) => planSourceOf({ tenant: 1, members: 10, strategy: "load_balanced", rules });

/** Microseconds a decision, over numbers spread by a fixed stride over all the rules. */
const decide = (plan: Plan, rules: number): number => {
  const calls = Array.from({ length: 4_096 }, (_, index) => ({
    ...{
      from: index % 3 === 0 ? "+14445550100" : "+15550100001",
      to: calledNumber((index * 7_919) % rules),
      direction: "inbound" as const,
    },
  }));
  let routed = 0;
  const began = performance.now();
  for (let index = 0; index < decisions; index++) {
    const call = calls[index % calls.length];
    if (call && routeCall(plan, call).rule !== null) routed += 1;
  }
  const microseconds = ((performance.now() - began) * 1_000) / decisions;
  if (routed !== decisions) throw new Error(`only ${routed} of ${decisions} calls found a rule`);
  return microseconds;
};

/** Milliseconds of each edit: a rule's number changes, as a save would have it. */
const editTimes = (plan: Plan): number[] =>
  Array.from({ length: edits }, (_, index) => {
    const number = (index * 7_919) % many;
    const rule = { ...ruleOf(number), pattern: calledNumber(many + index), priority: 50 };
    const began = performance.now();
    patchPlan(plan, { kind: "inbound", id: rule.id, rule }, plan.version + 1);
    return performance.now() - began;
  });

/** Each round in a process that has just started, as a server's first reading is. */
const measureHolds = async (context: BenchContext): Promise<Holds[]> => {
  const keyRing = newKeyRing();
  const database = await context.startDatabase();
  const tenant = await fillRules(database.url, keyRing, many);
  context.say("rules are in the database");
  const holds: Holds[] = [];
  for (let round = 1; round <= rounds; round++) {
    const job: HoldsJob = { databaseUrl: database.url, keyRing, tenant, directory: join(context.dir, `plans-${round}`) };
    holds.push(
      parseHolds(await runNode(new URL("./plan-holds.ts", import.meta.url), [JSON.stringify(job)], holdsLimitMs, serverProcess({}))),
    );
  }
  context.say("stalls measured");
  return holds;
};

const holdNames: [keyof Holds, string][] = [
  ["compiled", "a compile"],
  ["first", "the first reading"],
  ["agentEdited", "a reload after an agent's edit"],
  ["manyChanged", "a reload of 5,000 changed rules"],
  ["sealed", "sealing the plan"],
  ["unsealed", "reading the sealed plan"],
];

export const resolver: Benchmark = {
  describes: "50,000 rules beside 100: decisions, compile, edit, stalls",
  run: async (context) => {
    const { figures, add } = figuresOf("resolver");
    const holds = await measureHolds(context);
    const sources = { many: sourceOf(many), few: sourceOf(few) };
    const compile = (source: typeof sources.many) => () => {
      const began = performance.now();
      compilePlan(source);
      return performance.now() - began;
    };
    const compiled = await inTurn(rounds, { many: compile(sources.many), few: compile(sources.few) });
    context.say("compiles measured");
    const plans = { many: compilePlan(sources.many), few: compilePlan(sources.few) };
    const decided = await inTurn(rounds, { few: () => decide(plans.few, few), many: () => decide(plans.many, many) });
    const times = editTimes(plans.many).toSorted((a, b) => a - b);
    const tiny = { what: `the same with ${few} rules`, value: decided.median("few") };
    const beyond = decided.of("many").map((value, round) => value - (decided.of("few")[round] ?? 0));
    add(`a decision with ${many} rules`, decided.median("many"), "µs", { baseline: tiny });
    add("what it takes beyond that", Math.max(0, median(beyond)), "µs", { target: { of: "value", is: "below", limit: 5 } });
    add(`compile ${many} rules`, compiled.median("many"), "ms", { target: { of: "value", is: "below", limit: 300 } });
    add("one edit, p99", times[Math.floor(edits * 0.99)] ?? 0, "ms", { target: { of: "value", is: "at most", limit: 2 } });
    add("one edit, longest", times.at(-1) ?? 0, "ms");
    const of = (key: keyof Holds, which: keyof Hold) => holds.map((hold) => hold[key][which]);
    const besideIdle = (which: keyof Hold, summary: (values: number[]) => number) => ({
      baseline: { what: "the event loop of a process with nothing to do, for half a second", value: summary(of("idle", which)) },
    });
    const longest = (values: number[]) => Math.max(...values);
    for (const [key, what] of holdNames) {
      add(`event loop held by ${what}, longest of ${rounds}`, longest(of(key, "wall")), "ms", {
        ...besideIdle("wall", longest),
        target: { of: "value", is: "below", limit: 5 },
      });
      add(`event loop held by ${what}, median`, median(of(key, "wall")), "ms", besideIdle("wall", median));
      // What other programs and threads had the processor for is in the first two, not in these.
      add(`${what} without waiting for a processor, longest`, longest(of(key, "own")), "ms", besideIdle("own", longest));
      add(`${what} without waiting for a processor, median`, median(of(key, "own")), "ms", besideIdle("own", median));
    }
    return figures;
  },
};
