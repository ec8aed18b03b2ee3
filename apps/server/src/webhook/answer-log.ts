/**
 * Remembers how each webhook was answered and how fast, and what was refused of whom, until it is stored, a second later: the door
 * never waits for it. A bound on each: what is too much is not remembered.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { StoreWebhookAnswers, WebhookAnswer, WebhookRefusals } from "@switchboard/control/webhook-answers";
import type { CallId, TenantId } from "@switchboard/routing/ids";
import type { WebhookFacts } from "@switchboard/routing/journal-event";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Job, keepTrying } from "../jobs/keep-trying.ts";
import type { Logger } from "../logger.ts";
import type { Tenants } from "../plans/tenants.ts";
import { tenantKeyOf } from "./request-checks.ts";
import { domainHeader } from "./wire-in.ts";

const storeEveryMs = 1_000;
const mostAnswers = 10_000;
const mostRefusals = 2_000;
const minuteMs = 60_000;
/** A store that is away holds up no stop. */
const longestGoodbyeMs = 1_000;

/** What was taken of a request: one voice request, or each update of a list. `receivedAt` in milliseconds since the epoch. */
export type Heard = { callId: CallId | null; receivedAt: number };
export type Said = { kind: WebhookFacts["kind"]; tenantId: TenantId | undefined; heard: readonly Heard[] };

export type NoteAnswer = (request: FastifyRequest, reply: FastifyReply, said: Said) => void;

export type AnswerLogDeps = { tenants: Pick<Tenants, "byKey" | "byDomain">; store: StoreWebhookAnswers; now: () => number; logger: Logger };

export type AnswerLog = ReturnType<typeof createAnswerLog>;

export const createAnswerLog = ({ tenants, store, now, logger }: AnswerLogDeps) => {
  let answers: WebhookAnswer[] = [];
  let refusals = new Map<string, WebhookRefusals>();

  /** Whom a request that was not believed says it is for. */
  const tenantNamed = (request: FastifyRequest): TenantId | undefined => {
    const key = tenantKeyOf(request);
    if (key !== undefined) return tenants.byKey(key, now())?.id;
    const domain = domainHeader(request.headers);
    return domain === null ? undefined : tenants.byDomain(domain)?.id;
  };

  const addRefusal = (refusal: WebhookRefusals) => {
    const { tenantId, kind, status, at } = refusal;
    const name = `${tenantId} ${kind} ${status} ${Math.floor(at / minuteMs)}`;
    const known = refusals.get(name);
    if (known) {
      known.times += refusal.times;
      known.at = Math.max(known.at, at);
      known.tookMs = Math.max(known.tookMs, refusal.tookMs);
    } else if (refusals.size < mostRefusals) refusals.set(name, { ...refusal });
  };

  const note: NoteAnswer = (request, reply, { kind, tenantId: proven, heard }) => {
    const { statusCode: status, elapsedTime: tookMs } = reply;
    if (status >= 400) {
      const tenantId = proven ?? tenantNamed(request);
      if (tenantId !== undefined) addRefusal({ tenantId, kind, status, tookMs, at: now(), times: 1 });
      return;
    }
    if (proven === undefined) return;
    for (const { callId, receivedAt } of heard) {
      if (answers.length < mostAnswers) answers.push({ tenantId: proven, kind, callId, receivedAt, status, tookMs });
    }
  };

  const storeAll = async () => {
    if (answers.length === 0 && refusals.size === 0) return;
    const [newAnswers, newRefusals] = [answers, [...refusals.values()]];
    answers = [];
    refusals = new Map();
    try {
      const refusedRows = await store(newAnswers, newRefusals);
      if (refusedRows !== null) logger.warn({ event: "webhook_answers_lost", answers: newAnswers.length, err: refusedRows });
    } catch (error) {
      // Brought again with what has come since.
      answers = [...newAnswers, ...answers].slice(0, mostAnswers);
      for (const refusal of newRefusals) addRefusal(refusal);
      throw error;
    }
  };

  return {
    note,
    start: (): Job => {
      const job = keepTrying("webhook-answers", storeEveryMs, logger, storeAll);
      return {
        stop: async () => {
          const goodbye = job.stop().then(storeAll);
          await Promise.race([goodbye.catch(() => undefined), pause(longestGoodbyeMs, undefined, { ref: false })]);
        },
      };
    },
  };
};
