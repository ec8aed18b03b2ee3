/** What the webhook door answers with: CXML on the voice routes whatever the status, JSON words on the others. */
import type { FastifyReply } from "fastify";

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
export const hangupDocument = `${declaration}<Response><Hangup/></Response>`;

export type Refusal = {
  status: 400 | 401 | 403 | 405 | 413 | 415 | 503;
  code: string;
  message: string;
};

export const refusals = {
  tooLarge: { status: 413, code: "PAYLOAD_TOO_LARGE", message: "The body is larger than 256 KiB." },
  method: { status: 405, code: "METHOD_NOT_ALLOWED", message: "This address takes other methods." },
  contentType: {
    status: 415,
    code: "UNSUPPORTED_MEDIA_TYPE",
    message: "The body must be application/json or application/x-www-form-urlencoded.",
  },
  credentials: { status: 401, code: "UNAUTHORIZED", message: "The credentials are missing or wrong." },
  body: { status: 400, code: "BAD_REQUEST", message: "The body can't be read as an object with a call's identity." },
  domain: { status: 403, code: "FORBIDDEN", message: "The domain is not one of this tenant's." },
  notReady: { status: 503, code: "SERVICE_UNAVAILABLE", message: "Not ready yet: no configuration could be read." },
} as const satisfies Record<string, Refusal>;

export type Voice = "voice" | "report";

export const sendXml = (reply: FastifyReply, status: number, document: string) =>
  reply.code(status).header("content-type", "application/xml; charset=utf-8").send(document);

export const sendRefusal = (reply: FastifyReply, voice: Voice, refusal: Refusal) => {
  if (refusal.status === 405) reply.header("allow", voice === "voice" ? "GET, POST" : "POST");
  if (refusal.status === 503) reply.header("retry-after", "1");
  if (refusal.status === 413) reply.header("connection", "close");
  return voice === "voice"
    ? sendXml(reply, refusal.status, hangupDocument)
    : reply.code(refusal.status).send({ code: refusal.code, message: refusal.message });
};
