/** Builds what a claim is asked, for a call's first request and for each dial result. Pure: plan and request in, claim request out. */
import type { ClaimRequest, OutboundCaps } from "@switchboard/routing/claim";
import type { ChainLink, Route } from "@switchboard/routing/decision";
import { evidenceOfDialResult } from "@switchboard/routing/evidence";
import { readDialVerdict } from "@switchboard/routing/failover";
import { type CallId, type GroupId, groupId, type RuleId } from "@switchboard/routing/ids";
import type { CallFacts, DialResult, WebhookFacts } from "@switchboard/routing/journal-event";
import { type Naming, routeToPlace } from "@switchboard/routing/named-place";
import type { Plan } from "@switchboard/routing/plan";
import type { Reason } from "@switchboard/routing/reason";
import { routeCall } from "@switchboard/routing/route-call";
import type { DialStep } from "./action-url.ts";
import type { NamedStep } from "./named-url.ts";
import type { VoiceRequest } from "./wire-in.ts";

/** A request that passed the checks, with the call it belongs to. `receivedAt` in milliseconds since the epoch. */
export type Arrived = { voice: VoiceRequest; callId: CallId; receivedAt: number; test: boolean };

export const factsOf = ({ voice, receivedAt, test }: Arrived, rule: RuleId | null): CallFacts => ({
  session: voice.session,
  direction: voice.direction,
  from: voice.from,
  to: voice.to,
  sipCallIds: voice.sipCallIds,
  ruleId: rule,
  receivedAt,
  ...(test ? { test } : {}),
});

const webhookOf = ({ voice, receivedAt }: Arrived, kind: WebhookFacts["kind"]): WebhookFacts => ({
  kind,
  receivedAt,
  fields: voice.fields,
});

const ofPlan = (plan: Plan) => ({
  tenantId: plan.tenant.id,
  planVersion: plan.version,
  tenantCapacity: plan.tenant.maxConcurrentCalls,
  windowHoursInUse: plan.windowHoursInUse,
});

const noCaps: OutboundCaps = { maxConcurrent: null, maxPerMinute: null };

const outboundCapsOf = ({ tenant: { outboundPolicy } }: Plan, { voice }: Arrived): OutboundCaps | null => {
  if (voice.direction !== "outbound") return null;
  const { maxConcurrent, maxPerMinute } = outboundPolicy ?? noCaps;
  return { maxConcurrent, maxPerMinute };
};

/** Of a rule's own target; an agent is a group of one, and none of the tenant's. */
const groupOf = (link: ChainLink | undefined): GroupId | null =>
  link?.kind === "target" && link.fallback === null && link.group.id.startsWith("grp_") ? groupId(link.group.id) : null;

/** A way is gone from its first link on, nothing of it tried yet. */
const fromTheFirst = ({ chain, reason }: Route) => ({
  endedEvidence: null,
  tried: [],
  chain,
  firstLink: 0,
  progress: { attempts: 0, startedAt: null },
  reason: reason === "matched" ? null : reason,
});

export const firstStep = (plan: Plan, arrived: Arrived): ClaimRequest => {
  const route = routeCall(plan, arrived.voice);
  const group = route.rule === null ? null : groupOf(route.chain[0]);
  return {
    ...ofPlan(plan),
    callId: arrived.callId,
    step: 1,
    facts: { ...factsOf(arrived, route.rule?.id ?? null), ...(group === null ? {} : { groupId: group }) },
    webhook: webhookOf(arrived, "voice"),
    ended: null,
    ...fromTheFirst(route),
    outboundCaps: outboundCapsOf(plan, arrived),
  };
};

const hangup: ChainLink = { kind: "hangup", fallback: null };

/** Where a dial stood in today's chain: the same link, or the same target or trunk wherever an edit has moved it. */
const linkOf = (chain: ChainLink[], dial: DialStep): number => {
  const isSame = (link: ChainLink | undefined): boolean => {
    if (!link) return false;
    if (link.kind === "target") return link.group.id === dial.targetId;
    return dial.targetId === null && (link.kind !== "number" || link.trunk === dial.trunk);
  };
  if (isSame(chain[dial.link])) return dial.link;
  const moved = chain.findIndex(isSame);
  return moved >= 0 ? moved : Math.min(dial.link, chain.length - 1);
};

type Onward = Pick<ClaimRequest, "chain" | "firstLink" | "progress" | "reason">;

const over = (reason: Reason, dial: DialStep): Onward => ({
  chain: [hangup],
  firstLink: dial.link,
  progress: { attempts: 0, startedAt: null },
  reason,
});

/** The links from `first` on, targets left out when the call may not try another agent. */
const from = (chain: ChainLink[], first: number): Pick<Onward, "chain" | "firstLink"> => {
  const firstLink = Math.min(first, chain.length - 1);
  return { chain: firstLink === 0 ? chain : chain.slice(firstLink), firstLink };
};

const onward = ({ chain, reason }: Route, dial: DialStep, verdict: ReturnType<typeof readDialVerdict>): Onward => {
  const known = dial.reason === "matched" ? null : dial.reason;
  if (verdict.kind === "over") return over(dial.reason, dial);
  if (verdict.kind === "caller_gone") return over("caller_gone", dial);
  // Denied since: what is on the line stays, and no further trunk is asked.
  if (reason === "denied") return { chain, firstLink: dial.link, progress: { attempts: 0, startedAt: null }, reason };
  const link = linkOf(chain, dial);
  const none = { attempts: 0, startedAt: null };
  if (verdict.kind === "no_result") return { ...from(chain, link + 1), progress: none, reason: known ?? "no_result" };
  if (chain[link]?.kind === "target") {
    return { ...from(chain, link), progress: { attempts: dial.attempts, startedAt: dial.targetStartedAt }, reason: known };
  }
  const rest = from(chain, link + 1);
  const trunksLeft = rest.chain[0]?.kind === "number";
  return { ...rest, progress: none, reason: known ?? (trunksLeft ? null : "trunks_exhausted") };
};

/** The step after a dial: what its result means, and where the call may go from there. */
export const nextStep = (plan: Plan, arrived: Arrived, dial: DialStep, result: DialResult): ClaimRequest => {
  const { naming } = dial;
  const route = naming === null ? routeCall(plan, arrived.voice, dial.ruleId) : routeToPlace(plan, naming.place, arrived.voice.to);
  return {
    ...ofPlan(plan),
    callId: dial.callId,
    step: dial.step + 1,
    facts: factsOf(arrived, dial.ruleId),
    webhook: webhookOf(arrived, "dial_result"),
    ended: { step: dial.step, targetId: dial.targetId, agentId: dial.agentId, trunk: dial.trunk, result },
    endedEvidence: evidenceOfDialResult(result, arrived.receivedAt),
    tried: dial.tried,
    ...onward(route, dial, readDialVerdict(result, dial.unknowns)),
    outboundCaps: naming === null ? outboundCapsOf(plan, arrived) : namedCapsOf(plan, naming),
  };
};

const namedCapsOf = ({ tenant: { outboundPolicy } }: Plan, { how, place }: Naming): OutboundCaps | null => {
  if (how === "moved" && place.type !== "number") return null;
  const { maxConcurrent, maxPerMinute } = outboundPolicy ?? noCaps;
  return { maxConcurrent, maxPerMinute };
};

/** The step with which a call goes where an operator sends it. */
export const namedStep = (plan: Plan, arrived: Arrived, named: NamedStep): ClaimRequest => {
  const { naming, step, ended, started } = named;
  const route = routeToPlace(plan, naming.place, arrived.voice.to);
  const facts = factsOf(arrived, named.ruleId);
  return {
    ...ofPlan(plan),
    callId: arrived.callId,
    step,
    facts: started === null ? facts : { ...facts, direction: "outbound", from: started.from, to: started.to },
    webhook: webhookOf(arrived, "voice"),
    ended,
    ...fromTheFirst(route),
    outboundCaps: namedCapsOf(plan, naming),
    ...(naming.how === "moved" && naming.place.type === "number" ? { goesOut: true as const } : {}),
  };
};
