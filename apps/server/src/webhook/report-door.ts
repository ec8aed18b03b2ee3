/** Session updates and CDRs: what the platform says of a call, accepted as often and as late as it comes. */
import { hash } from "node:crypto";
import type { AdvanceRequest } from "@switchboard/execution/advance";
import { evidenceOfDisposition, evidenceOfSessionStatus } from "@switchboard/routing/evidence";
import type { CallId, TenantId } from "@switchboard/routing/ids";
import type { CallFacts, CallReport, WebhookFacts } from "@switchboard/routing/journal-event";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "../logger.ts";
import type { Heard, NoteAnswer } from "./answer-log.ts";
import { type Refusal, refusals, sendRefusal } from "./answer.ts";
import type { CredentialCheck, Known } from "./credentials.ts";
import type { RefusalLog } from "./refusal-log.ts";
import { callerOf, isOwnDomain, refuseByHead, tenantKeyOf } from "./request-checks.ts";
import { type Cdr, type Headers, readCdr, readSessionUpdate, type SessionUpdate, type Unreadable } from "./wire-in.ts";

export type ReportDoorDeps = {
  credentials: CredentialCheck;
  ready: () => boolean;
  /** Waits for a start that is under way, but not long; answers whether we are ready then. */
  whenReady: () => Promise<boolean>;
  /** Resolves once the report can't be lost any more; rejects when no store takes it. */
  accept: (report: AdvanceRequest) => Promise<void>;
  callIdOf: (tenant: TenantId, session: string) => CallId;
  observe: (kind: "session_update" | "cdr", status: number, seconds: number) => void;
  refused: RefusalLog;
  noteAnswer: NoteAnswer;
  now: () => number;
  logger: Logger;
};

/** Updates in one body; the platform wraps a single one in a list at times. */
const updatesPerBody = 16;

type Read = { domain: string | null; session: string | null; accepted: AdvanceRequest };

const fingerprint = (...parts: (string | number | null)[]) => hash("sha256", JSON.stringify(parts), "base64url").slice(0, 32);

export const registerReportDoor = (app: FastifyInstance, deps: ReportDoorDeps) => {
  const proven = new WeakMap<FastifyRequest, Known & { heard: Heard[] }>();

  const acceptedOf = ({ entry, test }: Known, said: SessionUpdate | Cdr, report: CallReport, receivedAt: number): Read => {
    const direction = "direction" in said ? said.direction : "inbound";
    const { session, sipCallIds, from, to } = said;
    const facts: CallFacts = { session: session ?? "", direction, from, to, sipCallIds, ruleId: null, receivedAt };
    if (test !== null) facts.test = true;
    const callId = session === null ? null : deps.callIdOf(entry.id, session);
    const webhook: WebhookFacts = { kind: report.source, receivedAt, fields: said.fields };
    return { domain: said.domain, session, accepted: { tenantId: entry.id, callId, facts, report, webhook } };
  };

  const ofUpdate = (known: Known, update: SessionUpdate): Read => {
    const receivedAt = deps.now();
    const occurredAt = update.modifiedAt ?? receivedAt;
    const report: CallReport = {
      source: "session_update",
      word: update.word,
      evidence: evidenceOfSessionStatus(update.word, update.endedAt, occurredAt),
      dedupe: update.eventId ?? fingerprint(update.session, ...update.sipCallIds, update.word, update.modifiedAt),
      occurredAt,
      answeredAt: update.answeredAt,
      endedAt: update.endedAt,
      billSeconds: null,
    };
    return acceptedOf(known, update, report, receivedAt);
  };

  const ofCdr = (known: Known, cdr: Cdr): Read => {
    const receivedAt = deps.now();
    const occurredAt = cdr.timestamp ?? receivedAt;
    const report: CallReport = {
      source: "cdr",
      word: cdr.disposition,
      evidence: evidenceOfDisposition(cdr.disposition, occurredAt, cdr.billSeconds),
      dedupe: fingerprint(
        "cdr",
        cdr.session,
        ...cdr.sipCallIds,
        cdr.disposition,
        cdr.timestamp,
        cdr.billSeconds,
        cdr.answeredAt,
        cdr.endedAt,
      ),
      occurredAt,
      answeredAt: cdr.answeredAt,
      endedAt: cdr.endedAt ?? (cdr.timestamp === null ? null : cdr.timestamp),
      billSeconds: cdr.billSeconds,
    };
    return acceptedOf(known, cdr, report, receivedAt);
  };

  const checkHead = async (request: FastifyRequest, reply: FastifyReply) => {
    const refused = refuseByHead(request, ["POST"]);
    if (refused) return refuse(request, reply, refused);
    if (!deps.ready() && !(await deps.whenReady())) return refuse(request, reply, refusals.notReady);
    const known = deps.credentials.report(request.headers, tenantKeyOf(request) ?? "", deps.now());
    if (!known) return refuse(request, reply, refusals.credentials);
    proven.set(request, { ...known, heard: [] });
  };

  const refuse = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) => {
    const { status, code } = refusal;
    deps.refused({ event: "report_refused", status, code, requestId: request.id }, callerOf(request));
    return sendRefusal(reply, "report", refusal);
  };

  const handler =
    (read: (known: Known, body: unknown, headers: Headers) => Read | Unreadable, kind: "session_update" | "cdr") =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const known = proven.get(request);
      if (!known) return refuse(request, reply, refusals.credentials);
      const { entry, test } = known;
      const bodies = Array.isArray(request.body) ? request.body.slice(0, updatesPerBody) : [request.body];
      const reports: Read[] = [];
      for (const body of bodies) {
        const report = read(known, body, request.headers);
        if ("problem" in report) return refuse(request, reply, refusals.body);
        if (test !== null && report.session !== test) return refuse(request, reply, refusals.credentials);
        if (!isOwnDomain(report.domain, entry.domains)) return refuse(request, reply, refusals.domain);
        reports.push(report);
      }
      if (reports.length === 0) return refuse(request, reply, refusals.body);
      try {
        for (const { accepted } of reports) await deps.accept(accepted);
        known.heard = reports.map(({ accepted: { callId, webhook, facts } }) => ({
          callId,
          receivedAt: webhook?.receivedAt ?? facts.receivedAt,
        }));
      } catch (error) {
        deps.logger.error({ event: "report_not_kept", kind, tenant: entry.id, err: error });
        return sendRefusal(reply, "report", { ...refusals.notReady, message: "No store takes the report now; send it again." });
      }
      return reply.code(204).send();
    };

  const route = (path: string, kind: "session_update" | "cdr", read: Parameters<typeof handler>[0]) =>
    app.route({
      method: app.supportedMethods,
      url: `/api/webhooks/${path}/:tenantKey`,
      exposeHeadRoute: false,
      onRequest: checkHead,
      onResponse: async (request, reply) => {
        deps.observe(kind, reply.statusCode, reply.elapsedTime / 1_000);
        const known = proven.get(request);
        deps.noteAnswer(request, reply, { kind, tenantId: known?.entry.id, heard: known?.heard ?? [] });
      },
      handler: handler(read, kind),
    });

  route("session-update", "session_update", (known, body, headers) => {
    const read = readSessionUpdate(body, headers);
    return read.ok ? ofUpdate(known, read.update) : read;
  });
  route("cdr", "cdr", (known, body, headers) => {
    const read = readCdr(body, headers);
    return read.ok ? ofCdr(known, read.cdr) : read;
  });
};
