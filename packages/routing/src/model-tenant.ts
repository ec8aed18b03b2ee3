/** Test support: what the model engine remembers of a tenant and of its calls. */
import type { Decision } from "./decision.ts";
import { type Evidence, isFinal, openEvidence } from "./evidence.ts";
import { type Health, newHealth } from "./health.ts";
import type { AgentId, CallId, RuleId, TargetId } from "./ids.ts";
import type { CallWas } from "./journal-event.ts";
import { type ModelOutbound, newOutbound } from "./model-outbound.ts";
import type { AgentsView, ModelTarget } from "./model-target.ts";
import type { Minutes } from "./window.ts";

type Lease = { agentId: AgentId; targetId: TargetId; callId: CallId; step: number; expiresAt: number };
export type Decided = { decision: Decision; decidedAt: number; targetStartedAt: number | null; ruleId: RuleId | null };

export type ModelCall = {
  evidence: Evidence;
  steps: Map<number, Decided>;
  newestStep: number;
  tried: AgentId[];
  judged: Set<number>;
  talked: boolean;
  /** The newest agent dialled, whose lease a late word may take again; null once something else was decided. */
  dialled: { agentId: AgentId; targetId: TargetId; step: number } | null;
  /** Limits of what is dialled, agent or not; a talk limit of 0 when nothing is. */
  ringSeconds: number;
  talkSeconds: number;
};

export type ModelTenant = {
  leases: Lease[];
  calls: Map<CallId, ModelCall>;
  /** Deadlines of the calls that are not over: the board's set. */
  live: Map<CallId, number>;
  targets: Map<TargetId, ModelTarget>;
  health: Map<AgentId, Health>;
  minutes: Map<AgentId, Minutes>;
  plan: { version: number; capacity: number | null } | null;
  outbound: ModelOutbound;
};

export const obtain = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
};

export const newTenant = (): ModelTenant => ({
  leases: [],
  calls: new Map(),
  live: new Map(),
  targets: new Map(),
  health: new Map(),
  minutes: new Map(),
  plan: null,
  outbound: newOutbound(),
});

/** Limits of a call that we hear of before we have decided anything. */
const unknownRingSeconds = 120;
const unknownTalkSeconds = 14_400;

export const newCall = (): ModelCall => ({
  evidence: openEvidence("initiated"),
  steps: new Map(),
  newestStep: 0,
  tried: [],
  judged: new Set(),
  talked: false,
  dialled: null,
  ringSeconds: unknownRingSeconds,
  talkSeconds: unknownTalkSeconds,
});

export const agentsOf = (tenant: ModelTenant): AgentsView => ({
  minutesOf: (id) => obtain(tenant.minutes, id, () => new Map()),
  healthOf: (id) => obtain(tenant.health, id, newHealth),
  activeOf: (id) => tenant.leases.filter(({ agentId }) => agentId === id).length,
  activeThrough: (id, target) => tenant.leases.filter(({ agentId, targetId }) => agentId === id && targetId === target).length,
});

export const wasOf = (call: ModelCall | undefined): CallWas => {
  if (call === undefined) return "unknown";
  if (isFinal(call.evidence)) return call.talked ? "talked" : "over";
  return call.talked ? "talking" : "open";
};
