/** Sends a live call to another agent, to a group or to a number: the platform asks our signed URL, and there the claim is made. */
import type { MovedCall } from "@switchboard/api/schemas/live-operation";
import { ControlError } from "@switchboard/control/control-error";
import type { LiveCall } from "@switchboard/execution/live-calls";
import type { SimulateClaim } from "@switchboard/execution/simulate";
import type { EndedAttempt } from "@switchboard/routing/journal-event";
import type { MoveCallInput } from "@switchboard/routing/input/live-operation";
import { type Arrived, namedStep } from "../webhook/call-steps.ts";
import type { NamedStep, NamedUrls } from "../webhook/named-url.ts";
import { type Operated, platformRefusal } from "./operated.ts";
import { placeOf, requireTaker } from "./place-of.ts";

export type MoveCallDeps = {
  operated: Operated;
  urls: Pick<NamedUrls, "urlOf">;
  simulate: SimulateClaim;
  redisDecides: () => boolean;
  now: () => number;
};

/** The platform asks at once or not at all. */
const urlMs = 60_000;

/** Who has the call is let go: of an agent who was talking that is a good end, of one who was only rung it says nothing. */
const endedBy = ({ decision, step, answeredAt, state }: LiveCall): EndedAttempt | null => {
  const result = state === "connected" || answeredAt !== null ? "completed" : "canceled";
  switch (decision?.kind) {
    case "agent":
      return { step, targetId: decision.targetId, agentId: decision.agentId, trunk: null, result };
    case "number":
      return { step, targetId: null, agentId: null, trunk: decision.trunk, result };
    case "sip":
      return { step, targetId: null, agentId: null, trunk: null, result };
    default:
      return null;
  }
};

/** The request with which the platform will ask, as far as a claim looks at it. */
const foreseen = ({ callId, facts }: LiveCall, receivedAt: number): Arrived => {
  const { session, sipCallIds, from, to, direction } = facts;
  return { callId, receivedAt, test: false, voice: { session, sipCallIds, from, to, direction, domain: null, dialWord: null, fields: {} } };
};

/**
 * Throws ControlError `not_found` (call, agent, group), `conflict` (nothing was decided for it yet), `rule_broken` (nobody there could
 * take it, no outbound rule, no key), `unavailable`, and `TOO_MANY_REQUESTS`: the call is then where it was.
 */
export const createMoveCall =
  ({ operated, urls, simulate, redisDecides, now }: MoveCallDeps) =>
  async ({ id, ...named }: MoveCallInput): Promise<MovedCall> => {
    const plan = operated.plan();
    const place = placeOf(plan, named);
    const call = await operated.liveCall(id);
    if (call.step === 0) throw new ControlError("conflict", "Nothing was decided for this call yet. Please try again in a moment.");
    const { callId, facts } = call;
    const step: NamedStep = {
      ...{ tenantId: plan.tenant.id, callId, step: call.step + 1, naming: { how: "moved", place }, ruleId: facts.ruleId },
      ...{ ended: endedBy(call), started: null, expiresAt: now() + urlMs },
    };
    await requireTaker(namedStep(plan, foreseen(call, now()), step), { redisDecides, simulate });
    const client = await operated.platform();
    const switched = await client.switchApplication(facts.session, { url: urls.urlOf(step), method: "POST" });
    if (!switched.ok && switched.failure.kind === "not_found") throw new ControlError("not_found", "This call is over already.");
    if (!switched.ok) throw platformRefusal(switched.failure, client.domain);
    const to = { type: place.type, id: place.type === "number" ? null : place.id };
    const { from, to: called } = facts;
    const after = place.type === "number" ? { type: place.type, number: place.number } : { type: place.type, id: place.id };
    await operated.note({ action: "moved", callId, before: { from, to: called }, after }, to);
    return { id: callId };
  };
