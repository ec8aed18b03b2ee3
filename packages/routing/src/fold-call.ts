/** Folds a call's events into what is known of it: any order and any repetition of the same events ends the same. */
import type { CallMemory, CallProjection, StepMemory } from "./call-projection.ts";
import { strongest } from "./evidence.ts";
import type { CallFacts, CallReport, JournalEvent } from "./journal-event.ts";
import { projectCall } from "./project-call.ts";
import { stableText } from "./stable-text.ts";

const sipCallIdsKept = 8;

const emptyMemory: CallMemory = {
  factsFrom: null,
  steps: [],
  superseded: [],
  reported: null,
  wasConnected: false,
  answeredAt: null,
  connectedAt: null,
  endedAt: null,
  cdr: null,
};

type Known = Pick<CallProjection, "facts" | "memory">;

const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));
const greatest = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b));

/** A platform that writes 0 for "never" means never. */
const named = (time: number | null): number | null => (time ? time : null);

/** The SIP Call-IDs of both; when there are too many, the same ones whatever the order. */
const withSipCallIds = (facts: CallFacts, more: readonly string[]): CallFacts => ({
  ...facts,
  sipCallIds: [...new Set([...facts.sipCallIds, ...more])].sort().slice(0, sipCallIdsKept),
});

/** A step tells more than a report, the first step most; ties by their text, so that order does not matter. */
const withFacts = (known: Known, facts: CallFacts, from: [number, number]): Known => {
  const { facts: old, memory } = known;
  if (old === null || memory.factsFrom === null) return { facts: withSipCallIds(facts, []), memory: { ...memory, factsFrom: from } };
  const textOf = (some: CallFacts): string => stableText({ ...some, sipCallIds: [] });
  const order = from[0] - memory.factsFrom[0] || from[1] - memory.factsFrom[1] || (textOf(facts) < textOf(old) ? -1 : 1);
  if (order < 0) return { facts: withSipCallIds(facts, old.sipCallIds), memory: { ...memory, factsFrom: from } };
  return { facts: withSipCallIds(old, facts.sipCallIds), memory };
};

/** Of two answers to one step, the local one was given; else the earlier. */
const betterStep = (a: StepMemory, b: StepMemory): StepMemory => {
  if (a.degraded !== b.degraded) return a.degraded ? a : b;
  if (a.at !== b.at) return a.at < b.at ? a : b;
  return stableText(a) <= stableText(b) ? a : b;
};

const withStep = (known: Known, event: Extract<JournalEvent, { type: "step" }>): Known => {
  const { step, at, decision, ended, evidence, degraded } = event;
  const found = known.memory.steps.find((other) => other.step === step);
  const better = found
    ? betterStep(found, { step, at, decision, ended, evidence, degraded })
    : { step, at, decision, ended, evidence, degraded };
  const steps = [...known.memory.steps.filter((other) => other.step !== step), better].sort((a, b) => a.step - b.step);
  return withFacts({ ...known, memory: { ...known.memory, steps } }, event.facts, [0, step]);
};

const withSuperseded = (known: Known, { step, agentId }: Extract<JournalEvent, { type: "superseded" }>): Known => {
  const { superseded } = known.memory;
  if (superseded.some((other) => other.step === step && other.agentId === agentId)) return known;
  const sorted = [...superseded, { step, agentId }].sort((a, b) => a.step - b.step || (a.agentId < b.agentId ? -1 : 1));
  return { ...known, memory: { ...known.memory, superseded: sorted } };
};

type CountingCdr = NonNullable<CallMemory["cdr"]>;

const betterCdr = (a: CountingCdr, b: CountingCdr): CountingCdr => {
  const order = a.occurredAt - b.occurredAt || (a.billSeconds ?? -1) - (b.billSeconds ?? -1) || (stableText(a) < stableText(b) ? -1 : 1);
  return order > 0 ? a : b;
};

const withReport = (memory: CallMemory, report: CallReport): CallMemory => {
  const { evidence, occurredAt, billSeconds } = report;
  // A disposition that we don't know says nothing that could be billed or shown as the call's end.
  if (report.source === "cdr" && evidence === null) return memory;
  const [answeredAt, endedAt] = [named(report.answeredAt), named(report.endedAt)];
  const isConnected = evidence?.state === "connected";
  const next: CallMemory = {
    ...memory,
    reported: evidence === null ? memory.reported : memory.reported === null ? evidence : strongest(memory.reported, evidence),
    wasConnected: memory.wasConnected || isConnected || evidence?.state === "completed" || answeredAt !== null,
  };
  if (report.source === "cdr") {
    const cdr: CountingCdr = { occurredAt, answeredAt, endedAt, billSeconds };
    return { ...next, cdr: memory.cdr === null ? cdr : betterCdr(memory.cdr, cdr) };
  }
  return {
    ...next,
    answeredAt: least(memory.answeredAt, answeredAt),
    connectedAt: isConnected ? least(memory.connectedAt, occurredAt) : memory.connectedAt,
    endedAt: greatest(memory.endedAt, endedAt),
  };
};

const applied = (known: Known, event: JournalEvent): Known => {
  switch (event.type) {
    case "step":
      return withStep(known, event);
    case "superseded":
      return withSuperseded(known, event);
    case "report": {
      const told = { ...known, memory: withReport(known.memory, event.report) };
      if (event.facts === null) return told;
      const facts = withSipCallIds(event.facts, event.sipCallIds);
      return withFacts(told, facts, [1, facts.receivedAt]);
    }
    case "timeout": {
      const { reported } = known.memory;
      return { ...known, memory: { ...known.memory, reported: reported === null ? event.evidence : strongest(reported, event.evidence) } };
    }
    case "lease_retaken":
    case "operated":
    case "agent_health":
    case "agent_switched":
    case "rule_changed":
    case "number_erased":
      return known;
  }
};

/**
 * `known` is a projection, or only its `facts` and `memory` as they were stored; null: nothing is known of the call yet. Every
 * event must be one of this call; an agent's health is none.
 */
export const foldCall = (known: Pick<CallProjection, "facts" | "memory"> | null, event: JournalEvent): CallProjection => {
  const { facts, memory } = applied(known ?? { facts: null, memory: emptyMemory }, event);
  return projectCall(facts, memory);
};
