/** The voice routes: a call's first request and each dial's result, read down as they happen. */
import type { CallId, TenantId } from "@switchboard/routing/ids";
import { readDialResult } from "@switchboard/routing/cloudonix-words";
import { maskNumber } from "@switchboard/routing/number";
import type { ClaimRequest } from "@switchboard/routing/claim";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "../logger.ts";
import type { TenantEntry } from "../plans/tenants.ts";
import type { DialStep } from "./action-url.ts";
import { hangupDocument, type Refusal, refusals, sendRefusal, sendXml } from "./answer.ts";
import { readQuery } from "./body.ts";
import { type Arrived, firstStep, nextStep } from "./call-steps.ts";
import type { CredentialCheck } from "./credentials.ts";
import type { AnswerRenderer, Decided, Trail } from "./render-answer.ts";
import { isOwnDomain, refuseByHead, tenantKeyOf } from "./request-checks.ts";
import { readVoiceRequest } from "./wire-in.ts";

export type VoiceDoorDeps = {
  credentials: CredentialCheck;
  /** Has any configuration been read? */
  ready: () => boolean;
  /** Waits for a start that is under way, but not long; answers whether we are ready then. */
  whenReady: () => Promise<boolean>;
  decide: (request: ClaimRequest) => Promise<Decided>;
  /** Keeps what could not be decided by our own fault, so that the call is remembered all the same. */
  keepFault: (request: ClaimRequest, decided: Decided) => void;
  render: AnswerRenderer;
  callIdOf: (tenant: TenantId, session: string) => CallId;
  observe: (kind: "voice" | "dial_result", status: number, seconds: number) => void;
  now: () => number;
  logger: Logger;
};

/** Who the request's head proved it to be; kept from the checks before the body to the handler after it. */
type Proven = { entry: TenantEntry; dial: DialStep | null };

const methods = ["GET", "POST"];

const outcomeOf = ({ decision }: Decided) => (decision.kind === "agent" ? decision.agentId : decision.kind);

export const registerVoiceDoor = (app: FastifyInstance, deps: VoiceDoorDeps) => {
  const { credentials, logger } = deps;
  const proven = new WeakMap<FastifyRequest, Proven>();

  const refuse = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal, tenant?: TenantEntry) => {
    logger.warn({ event: "voice_refused", status: refusal.status, code: refusal.code, tenant: tenant?.id, requestId: request.id });
    return sendRefusal(reply, "voice", refusal);
  };

  const prove = (request: FastifyRequest): Proven | null => {
    const now = deps.now();
    if (request.routeOptions.url?.startsWith("/api/webhooks/dial-result")) {
      const signed = readQuery(request.url).s;
      return credentials.dialResult(request.headers, typeof signed === "string" ? signed : null, now);
    }
    const entry = credentials.voice(request.headers, tenantKeyOf(request), now);
    return entry && { entry, dial: null };
  };

  const checkHead = async (request: FastifyRequest, reply: FastifyReply) => {
    const refused = refuseByHead(request, methods);
    if (refused) return refuse(request, reply, refused);
    if (!deps.ready() && !(await deps.whenReady())) return refuse(request, reply, refusals.notReady);
    const who = prove(request);
    if (!who) return refuse(request, reply, refusals.credentials);
    proven.set(request, who);
  };

  /** The request of this step, or why it is none. */
  const arrive = (request: FastifyRequest, who: Proven): { refusal: Refusal } | { arrived: Arrived } => {
    const receivedAt = deps.now();
    const body = request.method === "GET" ? readQuery(request.url) : request.body;
    const read = readVoiceRequest(body, request.headers);
    if (!read.ok) return { refusal: refusals.body };
    if (!isOwnDomain(read.request.domain, who.entry.domains)) return { refusal: refusals.domain };
    const callId = deps.callIdOf(who.entry.id, read.request.session);
    if (who.dial && who.dial.callId !== callId) return { refusal: refusals.credentials };
    return { arrived: { voice: read.request, callId, receivedAt } };
  };

  const answer = async (arrived: Arrived, { entry, dial }: Proven): Promise<string> => {
    const { plan } = entry;
    const result = dial ? readDialResult(arrived.voice.dialWord ?? "") : null;
    const request = dial && result ? nextStep(plan, arrived, dial, result) : firstStep(plan, arrived);
    const decided = await deps.decide(request);
    const trail: Trail = { tried: request.tried, unknowns: (dial?.unknowns ?? 0) + (result === "unknown" ? 1 : 0) };
    const { step, callId, facts } = request;
    const document = deps.render({ plan, callId, step, ruleId: facts.ruleId, from: facts.from, trail }, decided);
    logger.info({
      event: "step_decided",
      tenant: entry.id,
      call: callId,
      step,
      from: maskNumber(facts.from),
      to: maskNumber(facts.to),
      result,
      outcome: outcomeOf(decided),
      reason: decided.decision.reason,
      degraded: decided.degraded,
      ms: deps.now() - arrived.receivedAt,
    });
    return document ?? hangupDocument;
  };

  const handle = async (request: FastifyRequest, reply: FastifyReply) => {
    const who = proven.get(request);
    if (!who) return refuse(request, reply, refusals.credentials);
    const read = arrive(request, who);
    if ("refusal" in read) return refuse(request, reply, read.refusal, who.entry);
    try {
      return await sendXml(reply, 200, await answer(read.arrived, who));
    } catch (error) {
      // Our own fault is no reason to drop the call's record, nor to answer anything but a document.
      logger.error({ event: "step_failed", tenant: who.entry.id, call: read.arrived.callId, err: error });
      keepFault(read.arrived, who);
      return sendXml(reply, 200, hangupDocument);
    }
  };

  const keepFault = ({ voice, callId, receivedAt }: Arrived, { entry, dial }: Proven) => {
    const { session, direction, from, to, sipCallIds, fields } = voice;
    deps.keepFault(
      {
        tenantId: entry.id,
        callId,
        step: (dial?.step ?? 0) + 1,
        planVersion: entry.plan.version,
        tenantCapacity: null,
        windowHoursInUse: entry.plan.windowHoursInUse,
        facts: { session, direction, from, to, sipCallIds, ruleId: dial?.ruleId ?? null, receivedAt },
        webhook: { kind: dial ? "dial_result" : "voice", receivedAt, fields },
        ended: null,
        endedEvidence: null,
        tried: dial?.tried ?? [],
        chain: [],
        firstLink: 0,
        progress: { attempts: 0, startedAt: null },
        reason: "engine_error",
      },
      {
        decision: { kind: "hangup", link: 0, reason: "engine_error", fallback: null },
        decidedAt: receivedAt,
        targetStartedAt: null,
        degraded: true,
      },
    );
  };

  for (const url of ["/api/webhooks/voice-application", "/api/webhooks/voice-application/:tenantKey", "/api/webhooks/dial-result"]) {
    app.route({ method: app.supportedMethods, url, exposeHeadRoute: false, onRequest: checkHead, handler: handle });
  }

  app.addHook("onResponse", async (request, reply) => {
    const kind = request.routeOptions.url?.startsWith("/api/webhooks/dial-result") ? "dial_result" : "voice";
    deps.observe(kind, reply.statusCode, reply.elapsedTime / 1_000);
  });
};
