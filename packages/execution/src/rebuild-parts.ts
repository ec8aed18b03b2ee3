/** Cuts a tenant's snapshot into parts that one script run writes in a few milliseconds, in the form that script reads. */
import type { AgentId } from "@switchboard/routing/ids";
import type { CallFacts } from "@switchboard/routing/journal-event";
import type { RebuildSnapshot, RebuiltCall, RebuiltStep } from "@switchboard/routing/rebuild-snapshot";
import { dialLimits } from "./supersede.ts";

const agentsPerPart = 10;
const callsPerPart = 100;

type PackedAgent = [id: AgentId, minutesAndCounts: number[]];
type PackedCall = unknown[];

export type RebuildPart = { first: boolean; agents: PackedAgent[]; calls: PackedCall[] };

/** `now` in milliseconds decides which leases still stand. */
export function* rebuildParts(snapshot: RebuildSnapshot, now: number): Generator<RebuildPart> {
  yield { first: true, agents: [], calls: [] };
  const byAgent = new Map<AgentId, number[]>();
  for (const { agentId, minute, count } of snapshot.assignments) {
    const counts = byAgent.get(agentId) ?? [];
    counts.push(minute, count);
    byAgent.set(agentId, counts);
  }
  for (const agents of slices([...byAgent], agentsPerPart)) yield { first: false, agents, calls: [] };
  for (const calls of slices(snapshot.calls, callsPerPart))
    yield { first: false, agents: [], calls: calls.map((call) => packCall(call, now)) };
}

function* slices<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

function packCall(call: RebuiltCall, now: number): PackedCall {
  const { evidence } = call;
  const last = call.steps.at(-1);
  const [ring, talk] = last ? dialLimits(last.decision) : [120, 14_400];
  const open = evidence.rank < 4;
  const deadline = evidence.rank === 3 && talk > 0 ? now + (talk + 60) * 1000 : (last?.decidedAt ?? call.receivedAt) + (ring + 100) * 1000;
  const agent = last?.decision.kind === "agent" ? last.decision : null;
  const leased = open && !call.test && last !== undefined && !last.ended && agent !== null;
  return [
    call.callId,
    JSON.stringify(factsOf(call)),
    [evidence.rank, evidence.source, evidence.at, evidence.tie, evidence.state],
    open && evidence.rank >= 2 ? evidence.rank : 0,
    call.steps.map((step) => [step.step, JSON.stringify(step.decision), step.decidedAt, targetStartedAt(call.steps, step), step.degraded]),
    call.steps.map((step) => (step.decision.kind === "agent" ? step.decision.agentId : "")).join(""),
    leased ? [agent.agentId, agent.targetId, last.step, 1] : false,
    ring,
    talk,
    call.answeredAt ?? false,
    call.receivedAt,
    open ? deadline : false,
  ];
}

/** SIP Call-IDs are not kept in SQL's call record: a CDR without a session about a rebuilt call is matched there. */
function factsOf(call: RebuiltCall): CallFacts {
  const { session, direction, from, to, ruleId, receivedAt, test } = call;
  return { session, direction, from, to, sipCallIds: [], ruleId, receivedAt, ...(test ? { test } : {}) };
}

/** When the target's first attempt was decided: so many steps back as the attempt's number says. 0: no agent's step. */
function targetStartedAt(steps: readonly RebuiltStep[], step: RebuiltStep): number {
  const { decision } = step;
  if (decision.kind !== "agent") return 0;
  const first = steps.find((each) => each.decision.kind === "agent" && each.decision.targetId === decision.targetId);
  return first?.decidedAt ?? step.decidedAt;
}
