/** Test support: a claim on a group of agents, in a few words. */
import type { ClaimRequest } from "./claim.ts";
import type { DialResult } from "./journal-event.ts";
import type { Plan } from "./plan.ts";
import type { Fallback, GroupSettings, PlanSource, Strategy } from "./plan-source.ts";
import { routeCall } from "./route-call.ts";
import { agt, cal, inboundRule, sampleAgent, sampleGroup, sampleMember, sampleSource, sampleTenant, toGroup } from "./sample-plan.ts";

/** `capacity` is the agent's, `memberCapacity` the one within the group. */
export type SampleMember = {
  name: number;
  enabled?: boolean;
  weight?: number;
  priority?: number;
  capacity?: number | null;
  memberCapacity?: number | null;
};

export type SampleGroup = {
  members: (number | SampleMember)[];
  strategy?: Strategy;
  settings?: GroupSettings;
  fallback?: Fallback;
  version?: number;
};

/** Group 1 with these members, and one rule that sends it every call. */
export const samplePlan = ({ members, strategy = "round_robin", settings = {}, fallback = null, version = 1 }: SampleGroup): PlanSource => {
  const list = members.map((member): SampleMember => (typeof member === "number" ? { name: member } : member));
  const group = sampleGroup(
    1,
    list.map(({ name, enabled = true, weight = 1, priority = 1, memberCapacity = null }) =>
      sampleMember(name, { enabled, weight, priority, capacity: memberCapacity }),
    ),
    { strategy, settings, fallback },
  );
  const agents = list.map(({ name, capacity = null }) => sampleAgent(name, { capacity }));
  return sampleSource({
    version,
    tenant: sampleTenant,
    agents,
    groups: [group],
    inboundRules: [inboundRule(1, "*", { target: toGroup(1) })],
  });
};

type Parts = Partial<ClaimRequest> & { session?: number };

/** The first step of call `session`, unless said otherwise. */
export const sampleClaim = (plan: Plan, { session = 1, ...overrides }: Parts = {}): ClaimRequest => {
  const facts = {
    session: String(session),
    from: "+15550100001",
    to: "+15550100002",
    direction: "inbound",
    sipCallIds: [],
    ruleId: null,
    receivedAt: 0,
  } as const;
  const route = routeCall(plan, facts);
  return {
    tenantId: plan.tenant.id,
    callId: cal(session),
    step: 1,
    planVersion: plan.version,
    tenantCapacity: plan.tenant.maxConcurrentCalls,
    windowHoursInUse: plan.windowHoursInUse,
    facts: { ...facts, sipCallIds: [] },
    webhook: { kind: "voice", receivedAt: 0, fields: {} },
    ended: null,
    endedEvidence: null,
    tried: [],
    chain: route.chain,
    firstLink: 0,
    progress: { attempts: 0, startedAt: null },
    reason: null,
    ...overrides,
  };
};

/** The dial of a sample agent that ended. */
export const sampleEnded = (name: number, step: number, result: DialResult, targetId: NonNullable<ClaimRequest["ended"]>["targetId"]) => ({
  step,
  targetId,
  agentId: agt(name),
  trunk: null,
  result,
});
