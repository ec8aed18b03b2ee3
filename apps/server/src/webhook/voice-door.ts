/** The voice routes: a call's first request and each dial's result, read down as they happen. */
import type { CallId, TenantId } from "@switchboard/routing/ids";
import { readDialResult } from "@switchboard/routing/cloudonix-words";
import { maskNumber } from "@switchboard/routing/number";
import type { ClaimRequest } from "@switchboard/routing/claim";
import type { DialResult } from "@switchboard/routing/journal-event";
import type { FastifyInstance, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from "fastify";
import type { Logger } from "../logger.ts";
import type { TenantEntry } from "../plans/tenants.ts";
import type { DialStep } from "./action-url.ts";
import type { NamedStep } from "./named-url.ts";
import type { NoteAnswer } from "./answer-log.ts";
import { createAnswerTogether } from "./answer-together.ts";
import { hangupDocument, type Refusal, refusals, sendRefusal } from "./answer.ts";
import { readQuery } from "./body.ts";
import { type Arrived, factsOf, firstStep, namedStep, nextStep } from "./call-steps.ts";
import type { CredentialCheck, Known } from "./credentials.ts";
import type { AnswerRenderer, Decided, Trail } from "./render-answer.ts";
import type { RefusalLog } from "./refusal-log.ts";
import { callerOf, isOwnDomain, refuseByHead, tenantKeyOf } from "./request-checks.ts";
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
  refused: RefusalLog;
  noteAnswer: NoteAnswer;
  callIdOf: (tenant: TenantId, session: string) => CallId;
  observe: (kind: "voice" | "dial_result", status: number, seconds: number) => void;
  now: () => number;
  logger: Logger;
};

/** Who the request's head proved it to be; kept from the checks before the body to the handler after it. */
type Proven = Known & { dial: DialStep | null; named: NamedStep | null; arrived: Arrived | null };

/** A step that was decided, with all that it came from. */
type Said = { request: ClaimRequest; decided: Decided; result: DialResult | null; arrived: Arrived; who: Proven };

const methods = ["GET", "POST"];

const outcomeOf = ({ decision }: Decided) => (decision.kind === "agent" ? decision.agentId : decision.kind);

/** Where a request keeps what its head proved: a map of requests would cost the garbage collector more than the checks cost. */
const provenName = "provenVoice";

/** No promise where nothing is waited for: at thousands of calls a second each costs. */
export const registerVoiceDoor = (app: FastifyInstance, deps: VoiceDoorDeps) => {
  const { credentials, logger } = deps;
  const answer = createAnswerTogether();
  app.decorateRequest(provenName, null);

  const refuse = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal, tenant?: TenantEntry) => {
    const { status, code } = refusal;
    deps.refused({ event: "voice_refused", status, code, tenant: tenant?.id, requestId: request.id }, callerOf(request));
    return sendRefusal(reply, "voice", refusal);
  };

  const proveFirst = (request: FastifyRequest): Proven | null => {
    const known = credentials.voice(request.headers, tenantKeyOf(request), deps.now());
    return known && { entry: known.entry, test: known.test, dial: null, named: null, arrived: null };
  };

  const proveDialResult = (request: FastifyRequest): Proven | null => {
    const signed = readQuery(request.url).s;
    const known = credentials.dialResult(request.headers, typeof signed === "string" ? signed : null, deps.now());
    return known && { ...known, named: null, arrived: null };
  };

  const proveNamed = (request: FastifyRequest): Proven | null => {
    const signed = readQuery(request.url).s;
    const known = credentials.named(request.headers, typeof signed === "string" ? signed : null, deps.now());
    return known && { ...known, dial: null, arrived: null };
  };

  const checkHead =
    (prove: (request: FastifyRequest) => Proven | null) =>
    (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void => {
      const goOn = (ready: boolean) => {
        const who = ready ? prove(request) : null;
        if (!who) return void refuse(request, reply, ready ? refusals.credentials : refusals.notReady);
        request.setDecorator(provenName, who);
        done();
      };
      const refused = refuseByHead(request, methods);
      if (refused) return void refuse(request, reply, refused);
      if (deps.ready()) return goOn(true);
      deps
        .whenReady()
        .then(goOn)
        .catch((error: unknown) => reply.send(error));
    };

  /** The request of this step, or why it is none. */
  const arrive = (request: FastifyRequest, who: Proven): { refusal: Refusal } | { arrived: Arrived } => {
    const receivedAt = deps.now();
    const body = request.method === "GET" ? readQuery(request.url) : request.body;
    const read = readVoiceRequest(body, request.headers);
    if (!read.ok) return { refusal: refusals.body };
    if (!isOwnDomain(read.request.domain, who.entry.domains)) return { refusal: refusals.domain };
    const callId = deps.callIdOf(who.entry.id, read.request.session);
    const own = who.dial?.callId ?? who.named?.callId ?? null;
    if (own !== null && own !== callId) return { refusal: refusals.credentials };
    if (who.test !== null && who.test !== read.request.session) return { refusal: refusals.credentials };
    return { arrived: { voice: read.request, callId, receivedAt, test: who.test !== null || who.dial?.test === true } };
  };

  /** Null: what was decided can't be dialled any more. */
  const say = ({ request, decided, result, arrived, who: { entry, dial, named } }: Said): string | null => {
    const unknowns = (dial?.unknowns ?? 0) + (result === "unknown" ? 1 : 0);
    const trail: Trail = { tried: request.tried, unknowns, naming: dial?.naming ?? named?.naming ?? null };
    const { step, callId } = request;
    const document = deps.render({ plan: entry.plan, callId, step, from: arrived.voice.from, trail, test: arrived.test }, decided);
    logger.info({
      event: "step_decided",
      tenant: entry.id,
      call: callId,
      step,
      from: maskNumber(request.facts.from),
      to: maskNumber(request.facts.to),
      result,
      outcome: outcomeOf(decided),
      reason: decided.decision.reason,
      degraded: decided.degraded,
      ...(arrived.test ? { test: true } : {}),
      ms: deps.now() - arrived.receivedAt,
    });
    return document;
  };

  const requestOf = ({ entry: { plan }, dial, named }: Proven, arrived: Arrived, result: DialResult | null): ClaimRequest => {
    if (named) return namedStep(plan, arrived, named);
    return dial && result ? nextStep(plan, arrived, dial, result) : firstStep(plan, arrived);
  };

  const respond = async (reply: FastifyReply, arrived: Arrived, who: Proven): Promise<void> => {
    let document = hangupDocument;
    try {
      const result = who.dial ? readDialResult(arrived.voice.dialWord ?? "") : null;
      const request = requestOf(who, arrived, result);
      document = say({ request, decided: await deps.decide(request), result, arrived, who }) ?? hangupDocument;
    } catch (error) {
      // Our own fault is no reason to drop the call's record, nor to answer anything but a document.
      logger.error({ event: "step_failed", tenant: who.entry.id, call: arrived.callId, err: error });
      keepFault(arrived, who);
    }
    answer(reply, document);
  };

  const handle = (request: FastifyRequest, reply: FastifyReply): void => {
    const who = request.getDecorator<Proven | null>(provenName);
    if (!who) return void refuse(request, reply, refusals.credentials);
    const read = arrive(request, who);
    if ("refusal" in read) return void refuse(request, reply, read.refusal, who.entry);
    who.arrived = read.arrived;
    respond(reply, read.arrived, who).catch((error: unknown) => reply.send(error));
  };

  const keepFault = (arrived: Arrived, { entry, dial, named }: Proven) => {
    const { voice, callId, receivedAt } = arrived;
    deps.keepFault(
      {
        tenantId: entry.id,
        callId,
        step: named?.step ?? (dial?.step ?? 0) + 1,
        planVersion: entry.plan.version,
        tenantCapacity: null,
        windowHoursInUse: entry.plan.windowHoursInUse,
        facts: factsOf(arrived, dial?.ruleId ?? null),
        webhook: { kind: dial ? "dial_result" : "voice", receivedAt, fields: voice.fields },
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
        ruleId: dial?.ruleId ?? null,
        degraded: true,
      },
    );
  };

  const route = (url: string, kind: "voice" | "dial_result", prove: (request: FastifyRequest) => Proven | null) =>
    app.route({
      method: app.supportedMethods,
      url,
      exposeHeadRoute: false,
      onRequest: checkHead(prove),
      handler: handle,
      onResponse: (request, reply, done) => {
        deps.observe(kind, reply.statusCode, reply.elapsedTime / 1_000);
        const who = request.getDecorator<Proven | null>(provenName);
        deps.noteAnswer(request, reply, { kind, tenantId: who?.entry.id, heard: who?.arrived ? [who.arrived] : [] });
        done();
      },
    });

  route("/api/webhooks/voice-application", "voice", proveFirst);
  route("/api/webhooks/voice-application/:tenantKey", "voice", proveFirst);
  route("/api/webhooks/dial-result", "dial_result", proveDialResult);
  route("/api/webhooks/named-place", "voice", proveNamed);
};
