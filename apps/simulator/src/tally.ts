/** Counts what happens in a run, as it happens. */
import { createHistogram, type RecordableHistogram } from "node:perf_hooks";
import type { CallEvent, CallOutcome } from "./call-event.ts";
import type { ViolationCode } from "./cxml/violation.ts";
import type { Purpose } from "./door.ts";

export type Percentiles = { count: number; p50: number; p95: number; p99: number; max: number };

export type Counts = {
  started: number;
  /** Over, and every report of it sent. */
  ended: number;
  /** Started and not over. */
  live: number;
  peakLive: number;
  connected: number;
  peakConnected: number;
  answered: number;
  dials: number;
  failovers: number;
  violations: number;
};

export type AgentShare = { assigned: number; answered: number };

export type Tally = {
  readonly counts: Readonly<Counts>;
  readonly byCode: ReadonlyMap<ViolationCode, number>;
  readonly byDestination: ReadonlyMap<string, AgentShare>;
  readonly outcomes: readonly CallOutcome[];
  observe: (event: CallEvent) => void;
  answered: (purpose: Purpose, latencyMs: number) => void;
  /** In milliseconds, from when a request was due. */
  latency: (purpose: Purpose) => Percentiles;
};

const purposes = ["voice", "dial_result", "session_update", "cdr"] as const;

// Histograms count whole numbers from 1 up: microseconds.
const inMs = (microseconds: number): number => Math.round(microseconds / 10) / 100;

const percentiles = (histogram: RecordableHistogram): Percentiles =>
  histogram.count === 0
    ? { count: 0, p50: 0, p95: 0, p99: 0, max: 0 }
    : {
        count: histogram.count,
        p50: inMs(histogram.percentile(50)),
        p95: inMs(histogram.percentile(95)),
        p99: inMs(histogram.percentile(99)),
        max: inMs(histogram.max),
      };

function count(counts: Counts, event: CallEvent): void {
  switch (event.kind) {
    case "started":
      counts.started += 1;
      counts.live += 1;
      counts.peakLive = Math.max(counts.peakLive, counts.live);
      break;
    case "dialled":
      counts.dials += 1;
      if (event.step > 1) counts.failovers += 1;
      break;
    case "connected":
      counts.answered += 1;
      counts.connected += 1;
      counts.peakConnected = Math.max(counts.peakConnected, counts.connected);
      break;
    case "over":
      counts.live -= 1;
      if (event.wasConnected) counts.connected -= 1;
      break;
    case "violation":
      counts.violations += 1;
      break;
    case "ended":
      counts.ended += 1;
  }
}

export function createTally(): Tally {
  const counts: Counts = {
    started: 0,
    ended: 0,
    live: 0,
    peakLive: 0,
    connected: 0,
    peakConnected: 0,
    answered: 0,
    dials: 0,
    failovers: 0,
    violations: 0,
  };
  const byCode = new Map<ViolationCode, number>();
  const byDestination = new Map<string, AgentShare>();
  const outcomes: CallOutcome[] = [];
  const histograms = new Map<Purpose, RecordableHistogram>(purposes.map((purpose) => [purpose, createHistogram()]));
  const shareOf = (destination: string): AgentShare => {
    const share = byDestination.get(destination) ?? { assigned: 0, answered: 0 };
    byDestination.set(destination, share);
    return share;
  };
  return {
    counts,
    byCode,
    byDestination,
    outcomes,
    observe(event) {
      count(counts, event);
      if (event.kind === "dialled") shareOf(event.destination).assigned += 1;
      if (event.kind === "connected" && event.destination !== null) shareOf(event.destination).answered += 1;
      if (event.kind === "violation") byCode.set(event.violation.code, (byCode.get(event.violation.code) ?? 0) + 1);
      if (event.kind === "ended") outcomes.push(event.outcome);
    },
    answered: (purpose, latencyMs) => histograms.get(purpose)?.record(Math.max(1, Math.round(latencyMs * 1000))),
    latency: (purpose) => percentiles(histograms.get(purpose) ?? createHistogram()),
  };
}
