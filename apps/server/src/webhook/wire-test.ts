/** What a test call sends in the platform's place: the field names that `wire-in.ts` reads, and the verbs that it is answered with. */
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";

export type PlayedCall = { session: string; from: string; to: string; domain: string };

export type DialEnd = "completed" | "busy" | "no-answer" | "canceled";
export type CallEnd = DialEnd | "failed";

const dialWords: Record<DialEnd, string> = { completed: "completed", busy: "busy", "no-answer": "noanswer", canceled: "canceled" };
const sessionWords: Record<"ringing" | "connected" | CallEnd, string> = {
  ringing: "ringing",
  connected: "connected",
  completed: "connected",
  busy: "busy",
  "no-answer": "noanswer",
  canceled: "cancel",
  failed: "failed",
};
const dispositions: Record<CallEnd, string> = {
  completed: "ANSWER",
  busy: "BUSY",
  "no-answer": "NOANSWER",
  canceled: "CANCEL",
  failed: "FAILED",
};

/** Milliseconds since the epoch. */
export type Times = { startedAt: number; at: number; answeredAt: number | null; endedAt: number | null };

const partiesOf = ({ session, from, to, domain }: PlayedCall) => ({
  ...{ CallSid: session, Session: session, From: from, To: to, Direction: "inbound", Domain: domain },
});

/** `dialEnd`: null for the first request. */
export const voiceRequestBody = (call: PlayedCall, dialEnd: DialEnd | null) => ({
  ...partiesOf(call),
  CallStatus: "in-progress",
  ...(dialEnd === null ? {} : { DialCallStatus: dialWords[dialEnd] }),
});

const iso = (milliseconds: number | null): string | null => (milliseconds === null ? null : new Date(milliseconds).toISOString());

export const updateBody = (call: PlayedCall, state: keyof typeof sessionWords, { startedAt, at, answeredAt, endedAt }: Times) => ({
  ...{ token: call.session, domain: call.domain, callerId: call.from, destination: call.to, direction: "incoming" },
  status: sessionWords[state],
  ...{ modifiedAt: iso(at), startTime: iso(startedAt), answerTime: iso(answeredAt), endTime: iso(endedAt) },
});

export const cdrBody = (call: PlayedCall, end: CallEnd, { startedAt, at, answeredAt }: Times) => ({
  ...{ timestamp: Math.ceil(at / 1_000), call_id: call.session, domain: call.domain, from: call.from, to: call.to },
  disposition: dispositions[end],
  duration: Math.ceil((at - startedAt) / 1_000),
  billsec: answeredAt === null ? 0 : Math.round((at - answeredAt) / 1_000),
  session: { token: call.session, callStartTime: startedAt, callAnswerTime: answeredAt ?? 0, callEndTime: at },
});

/** What the answer asks for. `action`: where the dial's result goes, below our own address. */
export type Instruction = { verb: "dial"; action: string } | { verb: "speak" } | { verb: "reject"; end: CallEnd } | { verb: "hangup" };

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@", parseAttributeValue: false });

const documentShape = z.object({
  Response: z.union([
    z.object({ Dial: z.object({ "@action": z.string() }) }),
    z.object({ Say: z.unknown() }).refine(({ Say }) => Say !== undefined),
    z.object({ Reject: z.object({ "@reason": z.string().optional() }) }),
    z.object({ Hangup: z.unknown() }),
  ]),
});

const endOf = (reason: string | undefined): CallEnd => (reason === "congestion" || reason === "failed" ? "failed" : "busy");

/** Throws when it is none of our documents. */
export const readInstruction = (xml: string): Instruction => {
  const { Response: verbs } = documentShape.parse(parser.parse(xml));
  if ("Dial" in verbs) {
    // A public address may have a path of its own, which a proxy takes away before it reaches us.
    const { search } = new URL(verbs.Dial["@action"]);
    return { verb: "dial", action: `/api/webhooks/dial-result${search}` };
  }
  if ("Say" in verbs) return { verb: "speak" };
  return "Reject" in verbs ? { verb: "reject", end: endOf(verbs.Reject["@reason"]) } : { verb: "hangup" };
};
