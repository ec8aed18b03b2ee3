/** The platform's door: a scope of its own with its own body reader, error answers and not-found answers. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hangupDocument, type Refusal, refusals, sendRefusal, sendXml, type Voice } from "./answer.ts";
import { bodyKindOf, readBody } from "./body.ts";
import { type ReportDoorDeps, registerReportDoor } from "./report-door.ts";
import { bodyLimitBytes } from "./request-checks.ts";
import { registerVoiceDoor, type VoiceDoorDeps } from "./voice-door.ts";

const voicePath = /^\/api\/webhooks\/(voice-application|dial-result|named-place)(?=[/?]|$)/;

const doorOf = (url: string): Voice => (voicePath.test(url) ? "voice" : "report");

/** Is this a path of the platform's door? Asked by the application for requests that reached no route. */
export const isWebhookPath = (url: string): boolean => url.startsWith("/api/webhooks/");

/** A path under the door that no route takes is a key that nobody has. */
export const answerUnknownPath = (request: FastifyRequest, reply: FastifyReply) =>
  sendRefusal(reply, doorOf(request.url), refusals.credentials);

const refusalOf = (error: FastifyError): Refusal | null => {
  if (error.statusCode === 413) return refusals.tooLarge;
  if (error.statusCode === 415) return refusals.contentType;
  return error.statusCode !== undefined && error.statusCode < 500 ? refusals.body : null;
};

export type Observe = (kind: "voice" | "dial_result" | "session_update" | "cdr", status: number, seconds: number) => void;

export type WebhookDoorDeps = Omit<VoiceDoorDeps, "observe"> & Omit<ReportDoorDeps, "observe"> & { observe: Observe };

export const registerWebhookDoor = (app: FastifyInstance, deps: WebhookDoorDeps) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string", bodyLimit: bodyLimitBytes }, (request, body, done) => {
    const kind = bodyKindOf(request.headers["content-type"]);
    // Unreadable bodies arrive as undefined: the handler says 400, after the checks that come before it.
    done(null, kind === null ? undefined : readBody(kind, String(body)));
  });

  app.setErrorHandler((error: FastifyError, request, reply) => {
    const voice = doorOf(request.url);
    const refusal = refusalOf(error);
    if (refusal) return sendRefusal(reply, voice, refusal);
    deps.logger.error({ event: "webhook_failed", requestId: request.id, err: error });
    return voice === "voice" ? sendXml(reply, 200, hangupDocument) : sendRefusal(reply, voice, refusals.notReady);
  });

  registerVoiceDoor(app, deps);
  registerReportDoor(app, deps);
};
