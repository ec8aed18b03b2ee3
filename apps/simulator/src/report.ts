/** A run in words for a terminal, and in JSON for a checker. */
import type { CallOutcome } from "./call-event.ts";
import type { Percentiles, Tally } from "./tally.ts";

export type RunResult = {
  profile: string;
  seed: string;
  startedAt: string;
  seconds: number;
  calls: number;
  ratePerSecond: number;
  unfinished: number;
  counts: Tally["counts"];
  violationsByCode: Record<string, number>;
  /** In milliseconds, from when a request was due. */
  latencyMs: { voice: Percentiles; dialResult: Percentiles; sessionUpdate: Percentiles; cdr: Percentiles };
  byStatus: Record<string, number>;
  byDestination: { destination: string; assigned: number; answered: number }[];
  sessions: CallOutcome[];
  /** What the run fell short of, in words; empty when all went well. */
  shortfalls: string[];
};

export type RunFacts = {
  profile: string;
  seed: string;
  startedAt: number;
  calls: number;
  ratePerSecond: number;
  seconds: number;
  unfinished: number;
  holdsTogether: boolean;
};

function shortfallsOf(facts: RunFacts, { counts }: Tally): string[] {
  const found: string[] = [];
  if (counts.violations > 0) found.push(`${counts.violations} answers broke the protocol`);
  if (facts.unfinished > 0) found.push(`${facts.unfinished} calls did not end in time`);
  if (facts.holdsTogether && counts.peakConnected < facts.calls)
    found.push(`only ${counts.peakConnected} of ${facts.calls} calls were connected at the same time; do the agents have room for them?`);
  return found;
}

export function resultOf(facts: RunFacts, tally: Tally): RunResult {
  const byStatus: Record<string, number> = {};
  for (const { expectedStatus } of tally.outcomes) byStatus[expectedStatus] = (byStatus[expectedStatus] ?? 0) + 1;
  return {
    profile: facts.profile,
    seed: facts.seed,
    startedAt: new Date(facts.startedAt).toISOString(),
    seconds: Math.round(facts.seconds * 10) / 10,
    calls: facts.calls,
    ratePerSecond: facts.ratePerSecond,
    unfinished: facts.unfinished,
    counts: { ...tally.counts },
    violationsByCode: Object.fromEntries(tally.byCode),
    latencyMs: {
      voice: tally.latency("voice"),
      dialResult: tally.latency("dial_result"),
      sessionUpdate: tally.latency("session_update"),
      cdr: tally.latency("cdr"),
    },
    byStatus,
    byDestination: [...tally.byDestination]
      .map(([destination, share]) => ({ destination, ...share }))
      .sort((one, other) => other.assigned - one.assigned),
    sessions: [...tally.outcomes].sort((one, other) => one.index - other.index),
    shortfalls: shortfallsOf(facts, tally),
  };
}

export function liveLine(tally: Tally, seconds: number): string {
  const { counts } = tally;
  const { p50, p95, p99 } = tally.latency("voice");
  return `${Math.round(seconds)} s · live ${counts.live} (connected ${counts.connected}) · started ${counts.started} · ended ${counts.ended} · failovers ${counts.failovers} · errors ${counts.violations} · voice p50 ${p50} p95 ${p95} p99 ${p99} ms`;
}

const row = (name: string, ...cells: (string | number)[]): string =>
  `  ${name.padEnd(34)}${cells.map((cell) => String(cell).padStart(10)).join("")}`;

const latencyRow = (name: string, { count, p50, p95, p99, max }: Percentiles): string => row(name, count, p50, p95, p99, max);

export function summaryTable(result: RunResult): string {
  const { counts, latencyMs } = result;
  const rows = [
    `${result.profile}: ${counts.started} calls at ${result.ratePerSecond}/s in ${result.seconds} s, seed ${result.seed}`,
    "",
    row("calls", "started", "ended", "answered", "failovers", "errors"),
    row("", counts.started, counts.ended, counts.answered, counts.failovers, counts.violations),
    row("at the same time, at most", `${counts.peakLive} live`, "", `${counts.peakConnected} conn.`),
    "",
    row("latency from due time, ms", "requests", "p50", "p95", "p99", "max"),
    latencyRow("voice request", latencyMs.voice),
    latencyRow("dial result", latencyMs.dialResult),
    latencyRow("session update", latencyMs.sessionUpdate),
    latencyRow("CDR", latencyMs.cdr),
    "",
    row("how calls ended", ...Object.keys(result.byStatus)),
    row("", ...Object.values(result.byStatus)),
    "",
    row("where calls went", "assigned", "answered"),
    ...result.byDestination.map(({ destination, assigned, answered }) => row(destination, assigned, answered)),
    ...Object.entries(result.violationsByCode).map(([code, times]) => row(`violation: ${code}`, times)),
    "",
    ...(result.shortfalls.length === 0 ? ["0 protocol errors"] : result.shortfalls),
  ];
  return rows.join("\n");
}
