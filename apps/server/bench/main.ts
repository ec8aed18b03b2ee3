/** `npm run bench [-- name … --calls N]`: measures what was promised of speed and memory, each beside its baseline, and exits 1 when a target is missed. */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Benchmark, createBenchContext } from "./bench-context.ts";
import { type Figure, isMet } from "./figure.ts";
import { tableOf, writeReport } from "./report.ts";

/** Loaded when its turn comes, so that each runs in a process that has seen no more than it needs. */
const benchmarks: Record<string, () => Promise<Benchmark>> = {
  start: async () => (await import("./start.ts")).start,
  resolver: async () => (await import("./resolver.ts")).resolver,
  claims: async () => (await import("./claims.ts")).claims,
  door: async () => (await import("./door.ts")).door,
  latency: async () => (await import("./latency.ts")).latency,
  platform: async () => (await import("./platform.ts")).platform,
  recorder: async () => (await import("./recorder.ts")).recorder,
  records: async () => (await import("./records.ts")).records,
  summaries: async () => (await import("./summaries.ts")).summaries,
  exports: async () => (await import("./exports.ts")).exports,
  live: async () => (await import("./live.ts")).live,
  console: async () => (await import("./console.ts")).consoleInBrowser,
  operators: async () => (await import("./operators.ts")).operators,
  window: async () => (await import("./window.ts")).window,
};
const reportPath = fileURLToPath(new URL("../../../reports/bench.json", import.meta.url));

const startedAt = new Date();
const elapsed = () => `${((Date.now() - startedAt.getTime()) / 1_000).toFixed(0).padStart(4)} s`;
let endCurrent: (() => Promise<void>) | null = null;

const runOne = async (name: string, benchmark: Benchmark, calls: number | null): Promise<Figure[]> => {
  const { context, lastWords, end } = createBenchContext((line) => console.log(`${elapsed()}  ${name}: ${line}`), calls);
  endCurrent = end;
  context.say(benchmark.describes);
  try {
    return await benchmark.run(context);
  } catch (error) {
    console.error(lastWords());
    throw error;
  } finally {
    endCurrent = null;
    await end();
  }
};

/** The benchmarks asked for, in the order of the list; all when none is. */
const chosen = (names: string[]): string[] => Object.keys(benchmarks).filter((name) => names.length === 0 || names.includes(name));

const bench = async (names: string[], calls: number | null): Promise<number> => {
  const unknown = names.find((name) => !Object.hasOwn(benchmarks, name));
  if (unknown !== undefined) {
    console.error(`There is no benchmark "${unknown}"; there are ${Object.keys(benchmarks).join(", ")}.`);
    return 1;
  }
  const figures: Figure[] = [];
  for (const name of chosen(names)) {
    const benchmark = await benchmarks[name]?.();
    if (!benchmark) continue;
    const found = await runOne(name, benchmark, calls);
    console.log(`\n${tableOf(found)}\n`);
    figures.push(...found);
  }
  const seconds = (Date.now() - startedAt.getTime()) / 1_000;
  writeReport(reportPath, { startedAt, seconds, figures });
  const missed = figures.filter((figure) => isMet(figure) === false);
  if (chosen(names).length > 1) console.log(tableOf(figures));
  console.log(`\n${missed.length === 0 ? "Every target is met." : `${missed.length} targets are missed.`} Written to ${reportPath}.`);
  return missed.length === 0 ? 0 : 1;
};

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.once(signal, () => void (endCurrent?.() ?? Promise.resolve()).finally(() => process.exit(code)));
}

/** `--calls`: only the call records have as many as one likes. */
const readArguments = () => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { calls: { type: "string" } } });
  if (values.calls === undefined) return { names: positionals, calls: null };
  const calls = Number(values.calls.replaceAll(/[,_]/g, ""));
  if (!Number.isInteger(calls) || calls < 1_000)
    throw new Error("--calls is a whole number from 1,000 on, for the benchmark of call records.");
  return { names: positionals, calls };
};

try {
  const { names, calls } = readArguments();
  process.exitCode = await bench(names, calls);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
