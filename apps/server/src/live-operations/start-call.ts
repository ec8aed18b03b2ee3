/** Has the platform ring a number by an outbound rule, and connects whoever answers with an agent: our signed URL names it. */
import { randomUUID } from "node:crypto";
import type { StartedCall } from "@switchboard/api/schemas/live-operation";
import type { CloudonixFailure } from "@switchboard/cloudonix/answer";
import { ControlError } from "@switchboard/control/control-error";
import type { AdvanceRequest } from "@switchboard/execution/advance";
import type { ReserveOutbound } from "@switchboard/execution/reserve-outbound";
import type { SimulateClaim } from "@switchboard/execution/simulate";
import type { EndLink } from "@switchboard/routing/decision";
import { openEvidence } from "@switchboard/routing/evidence";
import { callId, type CallId, type TenantId } from "@switchboard/routing/ids";
import type { StartCallInput } from "@switchboard/routing/input/live-operation";
import type { CallFacts } from "@switchboard/routing/journal-event";
import type { Plan } from "@switchboard/routing/plan";
import { reasonText } from "@switchboard/routing/reason-text";
import { routeCall } from "@switchboard/routing/route-call";
import { fromRedis } from "../live-figures.ts";
import { type Arrived, namedStep } from "../webhook/call-steps.ts";
import type { NamedStep, NamedUrls } from "../webhook/named-url.ts";
import { type Operated, platformRefusal } from "./operated.ts";
import { dialledNumber, placeOf, requireTaker } from "./place-of.ts";

export type StartCallDeps = {
  operated: Operated;
  urls: Pick<NamedUrls, "urlOf">;
  simulate: SimulateClaim;
  reserve: ReserveOutbound;
  callIdOf: (tenant: TenantId, session: string) => CallId;
  accept: (report: AdvanceRequest) => Promise<void>;
  redisDecides: () => boolean;
  now: () => number;
};

type NumberLink = Extract<EndLink, { kind: "number" }>;

/** Longer than anybody lets it ring. */
const urlGraceMs = 120_000;
const withheld = "anonymous";

/** By the rule that a subscriber without a number of their own would use. Throws ControlError `rule_broken` in words. */
const dialOf = (plan: Plan, to: string): { link: NumberLink; ruleId: CallFacts["ruleId"] } => {
  const route = routeCall(plan, { from: withheld, to, direction: "outbound" });
  const [link] = route.chain;
  if (route.reason === "matched" && link?.kind === "number") return { link, ruleId: route.rule?.id ?? null };
  if (route.reason === "no_rule") throw new ControlError("rule_broken", "No outbound rule dials this number. Add one that names a trunk.");
  const { text, advice } = reasonText(route.reason);
  throw new ControlError("rule_broken", `${text} ${advice}`);
};

/** Nobody knows whether it rings all the same: it keeps its place under the caps until it must be over. */
const mayRing = ({ kind }: CloudonixFailure): boolean => ["timeout", "bad_answer", "too_large", "unreachable"].includes(kind);

/** The request with which the platform will ask, as far as a claim looks at it: whoever was rung is as though they had called. */
const foreseen = (name: string, link: NumberLink, receivedAt: number): Arrived => ({
  ...{ callId: callId(name), receivedAt, test: false },
  voice: {
    ...{ session: name, sipCallIds: [], from: link.number, to: link.callerId ?? withheld },
    ...{ direction: "inbound", domain: null, dialWord: null, fields: {} },
  },
});

/**
 * Throws ControlError `not_found` (agent, group), `rule_broken` (no outbound rule, denied, over a cap, nobody there could take it, no
 * key), `unavailable`, and `TOO_MANY_REQUESTS`. Without Redis nobody is called.
 */
export const createStartCall = (deps: StartCallDeps) => {
  const { operated, urls, simulate, reserve, callIdOf, accept, redisDecides, now } = deps;

  const requireRoom = async (plan: Plan, name: string, link: NumberLink): Promise<void> => {
    const { tenant } = plan;
    const caps = tenant.outboundPolicy ?? { maxConcurrent: null, maxPerMinute: null };
    const taken = await fromRedis(redisDecides, async () => {
      const outcome = await reserve.take(tenant.id, name, { caps, ringSeconds: link.timeoutSeconds });
      return outcome === "no_epoch" ? null : outcome;
    });
    if (taken === "refused") {
      const { text, advice } = reasonText("outbound_limit");
      throw new ControlError("rule_broken", `${text} ${advice}`);
    }
  };

  /** Known from now on, as ours: on the board, under the caps. */
  const begin = async (tenantId: TenantId, session: string, facts: CallFacts): Promise<CallId> => {
    const id = callIdOf(tenantId, session);
    const at = facts.receivedAt;
    await accept({
      tenantId,
      callId: id,
      facts,
      report: {
        ...{ source: "session_update", word: "started", evidence: openEvidence("initiated"), dedupe: `started ${session}` },
        ...{ occurredAt: at, answeredAt: null, endedAt: null, billSeconds: null },
      },
      webhook: null,
    });
    return id;
  };

  /** Throws before anybody is rung. */
  const prepare = async ({ to, ...named }: StartCallInput) => {
    const plan = operated.plan();
    const { id: tenantId } = plan.tenant;
    const place = placeOf(plan, named);
    const { link, ruleId } = dialOf(plan, dialledNumber(plan, to));
    const from = link.callerId ?? withheld;
    const step: NamedStep = {
      ...{ tenantId, callId: null, step: 1, naming: { how: "started", place }, ruleId, ended: null },
      ...{ started: { from, to: link.number }, expiresAt: now() + link.timeoutSeconds * 1_000 + urlGraceMs },
    };
    const name = `start-${randomUUID()}`;
    await requireTaker(namedStep(plan, foreseen(name, link, now()), step), { redisDecides, simulate });
    const client = await operated.platform();
    await requireRoom(plan, name, link);
    return { tenantId, place, link, ruleId, from, step, name, client };
  };

  const ring = async ({ tenantId, link, step, name, client }: Awaited<ReturnType<typeof prepare>>): Promise<string> => {
    const started = await client.startCall({
      ...{ destination: link.number, url: urls.urlOf(step), timeout: link.timeoutSeconds, timeLimit: link.timeLimitSeconds },
      ...(link.callerId === null ? {} : { "caller-id": link.callerId }),
      ...(link.trunk === null ? {} : { trunk: link.trunk }),
    });
    if (started.ok) return started.value.token;
    if (!mayRing(started.failure)) await reserve.giveBack(tenantId, name);
    throw platformRefusal(started.failure, client.domain);
  };

  return async (input: StartCallInput): Promise<StartedCall> => {
    const prepared = await prepare(input);
    const session = await ring(prepared);
    const { tenantId, place, link, ruleId, from, name } = prepared;
    const facts: CallFacts = { session, direction: "outbound", from, to: link.number, sipCallIds: [], ruleId, receivedAt: now() };
    const id = await begin(tenantId, session, facts);
    await reserve.giveBack(tenantId, name);
    const to = { type: place.type, id: place.type === "number" ? null : place.id };
    await operated.note({ action: "started", callId: id, before: null, after: { to: link.number, ...to } }, to);
    return { callId: id, session };
  };
};
