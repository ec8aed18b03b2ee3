/** One made-up call, as it would have been folded from what was said about it: when, who, by which rule, and how it went. */
import type { CallMemory, CallProjection, StepMemory } from "@switchboard/routing/call-projection";
import type { Decision } from "@switchboard/routing/decision";
import { evidenceOfDialResult, evidenceOfDisposition, openEvidence } from "@switchboard/routing/evidence";
import type { AgentId } from "@switchboard/routing/ids";
import type { DialResult } from "@switchboard/routing/journal-event";
import { projectCall } from "@switchboard/routing/project-call";
import type { Reason } from "@switchboard/routing/reason";
import type { LoadRule, LoadTenant } from "./load-tenant.ts";
import { type Chance, favouring, seededChance } from "./seeded-chance.ts";

export type MadeUp = { tenant: LoadTenant; sessionOf: (index: number) => string; count: number; days: number; endMs: number };

const dayMs = 86_400_000;
/** Of a day's calls, by hours of UTC. */
const hours = [2, 1, 1, 1, 1, 2, 4, 8, 14, 18, 20, 20, 18, 18, 19, 19, 18, 15, 11, 8, 6, 5, 4, 3];
const busiestHour = 20;
const weekendShare = 0.35;
const callersPerCall = 0.12;
const shares = { outbound: 0.08, test: 0.002, noRule: 0.012, full: 0.006, fallback: 0.5 };

const dispositions = {
  completed: "ANSWER",
  busy: "BUSY",
  "no-answer": "NOANSWER",
  failed: "FAILED",
  canceled: "CANCEL",
  unknown: "FAILED",
};

/** Later days have more calls, weekends few, nights fewer. */
function startOf({ days, endMs }: MadeUp, chance: Chance): number {
  for (let tries = 0; tries < 100; tries += 1) {
    const ago = days * (1 - Math.sqrt(0.2 + 0.8 * chance.next())) * 1.8 * dayMs;
    const at = Math.floor(endMs - Math.min(ago, days * dayMs));
    const date = new Date(at);
    const isWeekend = date.getUTCDay() % 6 === 0;
    if (chance.next() * busiestHour <= (hours[date.getUTCHours()] ?? 1) * (isWeekend ? weekendShare : 1)) return at;
  }
  return endMs - chance.below(days * dayMs);
}

const callerOf = ({ count }: MadeUp, chance: Chance): string => {
  if (chance.next() < 0.01) return "anonymous";
  const callers = Math.max(50, Math.floor(count * callersPerCall));
  const caller = favouring(callers, chance.next() ** 0.6);
  const places = ["+1415", "+1212", "+4420", "+49301", "+33142", "+9723"] as const;
  const place = places[caller % places.length] ?? "+1415";
  return `${place}${String((caller * 7_919 + 1_234_567) % 10_000_000).padStart(7, "0")}`;
};

function ruleOf({ tenant: { rules } }: MadeUp, chance: Chance): LoadRule | null {
  if (chance.next() < shares.noRule) return null;
  const wanted = chance.next() < shares.outbound ? "outbound" : "inbound";
  const some = rules.filter(({ direction }) => direction === wanted);
  const of = some.length > 0 ? some : rules;
  return of[favouring(of.length, chance.next())] ?? null;
}

const resultOf = (chance: Chance): DialResult => {
  const roll = chance.next();
  if (roll < 0.81) return "completed";
  if (roll < 0.87) return "no-answer";
  if (roll < 0.92) return "busy";
  return roll < 0.96 ? "failed" : "canceled";
};

const ringMsOf: Record<DialResult, number> = {
  completed: 9_000,
  busy: 3_000,
  failed: 1_500,
  "no-answer": 20_000,
  canceled: 14_000,
  unknown: 20_000,
};

type Dialled = { steps: StepMemory[]; result: DialResult | null; at: number; answeredAt: number | null };

/** Dials one after the other until one is answered or the caller leaves; without any, why there was none. */
function dial(rule: LoadRule | null, startedAt: number, chance: Chance): Dialled {
  let at = startedAt + 1 + chance.below(4) + (chance.next() < 0.01 ? chance.below(60) : 0);
  const full = chance.next() < shares.full;
  if (rule === null || full) {
    const reason: Reason = rule === null ? "no_rule" : "all_at_capacity";
    return { steps: [stepOf(at, 1, { kind: "hangup", link: 0, reason, fallback: null })], result: null, at, answeredAt: null };
  }
  const steps: StepMemory[] = [];
  const most = rule.target === null ? 1 : Math.min(3, rule.agents.length);
  const first = rule.agents.length === 0 ? 0 : favouring(rule.agents.length, chance.next() ** 0.7);
  let before: { decision: Decision; result: DialResult } | null = null;
  for (let attempt = 1; ; attempt += 1) {
    const decision: Decision =
      attempt > most ? endOf(chance) : dialOf(rule, rule.agents[(first + attempt - 1) % rule.agents.length] ?? null, attempt);
    const evidence = attempt > most && before !== null ? evidenceOfDialResult(before.result, at) : null;
    steps.push({ ...stepOf(at, attempt, decision), ended: before && endedBy(before, attempt - 1), evidence });
    if (attempt > most) return { steps, result: before?.result ?? null, at, answeredAt: null };
    const result = resultOf(chance);
    const ringMs = Math.round(ringMsOf[result] * (0.4 + chance.next()));
    if (result === "completed" || result === "canceled")
      return { steps, result, at: at + ringMs, answeredAt: result === "completed" ? at + ringMs : null };
    at += ringMs;
    before = { decision, result };
  }
}

const stepOf = (at: number, step: number, decision: Decision): StepMemory => ({
  step,
  at,
  decision,
  ended: null,
  evidence: null,
  degraded: false,
});

const dialOf = (rule: LoadRule, agent: AgentId | null, attempt: number): Decision => {
  const common = { link: 0, reason: "matched", fallback: null, timeoutSeconds: 20, timeLimitSeconds: 14_400 } as const;
  if (rule.target === null || agent === null)
    return { ...common, kind: "number", number: rule.numbers[0] ?? "", trunk: rule.trunk, callerId: null };
  return { ...common, kind: "agent", targetId: rule.target, agentId: agent, attempt };
};

const endOf = (chance: Chance): Decision => {
  const reason = "attempts_exhausted";
  if (chance.next() > shares.fallback) return { kind: "hangup", link: 1, reason, fallback: null };
  const text = "All our agents are busy.";
  return { kind: "message", link: 1, reason, fallback: { type: "message", text }, text, language: null };
};

const endedBy = ({ decision, result }: { decision: Decision; result: DialResult }, step: number): StepMemory["ended"] =>
  decision.kind === "agent"
    ? { step, targetId: decision.targetId, agentId: decision.agentId, trunk: null, result }
    : { step, targetId: null, agentId: null, trunk: decision.kind === "number" ? decision.trunk : null, result };

/** Talks are mostly short: few minutes, seldom an hour. */
const talkMsOf = (chance: Chance): number => Math.round(Math.min(3_600_000, 4_000 - Math.log(1 - chance.next()) * 110_000));

/** The call of this place; the same for the same load. */
export function madeUpCall(load: MadeUp, index: number): CallProjection {
  const chance = seededChance(index + 1);
  const startedAt = startOf(load, chance);
  const [rule, caller] = [ruleOf(load, chance), callerOf(load, chance)];
  const called =
    rule?.numbers[favouring(rule.numbers.length, chance.next())] ?? `+1999${String(chance.below(10_000_000)).padStart(7, "0")}`;
  const direction = rule?.direction ?? "inbound";
  const [from, to] = direction === "inbound" ? [caller, called] : ["+14155550100", called];
  const { steps, result, at, answeredAt } = dial(rule, startedAt, chance);
  const endedAt = answeredAt === null ? at + 200 : answeredAt + talkMsOf(chance);
  const billSeconds = answeredAt === null ? 0 : Math.round((endedAt - answeredAt) / 1_000);
  const word = dispositions[result ?? "failed"];
  const isHeard = answeredAt !== null;
  const memory: CallMemory = {
    ...{ factsFrom: [0, 1], steps, superseded: [], reported: evidenceOfDisposition(word, endedAt, billSeconds) ?? openEvidence("routing") },
    ...{ wasConnected: isHeard, answeredAt, connectedAt: answeredAt, endedAt: null },
    cdr: { occurredAt: endedAt, answeredAt, endedAt, billSeconds },
  };
  const isTest = chance.next() < shares.test;
  const facts = { session: load.sessionOf(index), direction, from, to, sipCallIds: [], ruleId: rule?.id ?? null, receivedAt: startedAt };
  return projectCall(isTest ? { ...facts, test: true } : facts, memory);
}
