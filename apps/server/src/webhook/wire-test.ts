/** What a test call sends in the platform's place: the field names that `wire-in.ts` reads, and the verbs that it is answered with. */
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";

export type PlayedCall = { session: string; from: string; to: string; domain: string };

/** A dial's result, in the platform's word; null for the first request. */
export type DialWord = "completed" | "busy" | "noanswer" | "canceled";
export type Disposition = "ANSWER" | "BUSY" | "CANCEL" | "NOANSWER" | "FAILED" | "CONGESTION";
export type SessionWord = "ringing" | "connected" | "noanswer" | "busy" | "cancel" | "failed" | "congestion";

/** Milliseconds since the epoch. */
export type Times = { startedAt: number; at: number; answeredAt: number | null; endedAt: number | null };

const partiesOf = ({ session, from, to, domain }: PlayedCall) => ({
  ...{ CallSid: session, Session: session, From: from, To: to, Direction: "inbound", Domain: domain },
});

export const voiceRequestBody = (call: PlayedCall, dialWord: DialWord | null) => ({
  ...partiesOf(call),
  CallStatus: "in-progress",
  ...(dialWord === null ? {} : { DialCallStatus: dialWord }),
});

const iso = (milliseconds: number | null): string | null => (milliseconds === null ? null : new Date(milliseconds).toISOString());

export const updateBody = (call: PlayedCall, status: SessionWord, { startedAt, at, answeredAt, endedAt }: Times) => ({
  ...{ token: call.session, domain: call.domain, callerId: call.from, destination: call.to, direction: "incoming", status },
  ...{ modifiedAt: iso(at), startTime: iso(startedAt), answerTime: iso(answeredAt), endTime: iso(endedAt) },
});

export const cdrBody = (call: PlayedCall, disposition: Disposition, { startedAt, at, answeredAt }: Times) => ({
  ...{ timestamp: Math.ceil(at / 1_000), call_id: call.session, domain: call.domain, from: call.from, to: call.to, disposition },
  duration: Math.ceil((at - startedAt) / 1_000),
  billsec: answeredAt === null ? 0 : Math.round((at - answeredAt) / 1_000),
  session: { token: call.session, callStartTime: startedAt, callAnswerTime: answeredAt ?? 0, callEndTime: at },
});

/** What the answer asks for. `action`: where the dial's result goes, below our own address. */
export type Instruction =
  | { verb: "dial"; action: string }
  | { verb: "speak" }
  | { verb: "reject"; disposition: Disposition }
  | { verb: "hangup" };

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@", parseAttributeValue: false });

const documentShape = z.object({
  Response: z.union([
    z.object({ Dial: z.object({ "@action": z.string() }) }),
    z.object({ Say: z.unknown() }).refine(({ Say }) => Say !== undefined),
    z.object({ Reject: z.object({ "@reason": z.string().optional() }) }),
    z.object({ Hangup: z.unknown() }),
  ]),
});

const dispositionOf = (reason: string | undefined): Disposition =>
  reason === "congestion" ? "CONGESTION" : reason === "failed" ? "FAILED" : "BUSY";

/** Throws when it is none of our documents. */
export const readInstruction = (xml: string): Instruction => {
  const { Response: verbs } = documentShape.parse(parser.parse(xml));
  if ("Dial" in verbs) {
    const { pathname, search } = new URL(verbs.Dial["@action"]);
    return { verb: "dial", action: pathname + search };
  }
  if ("Say" in verbs) return { verb: "speak" };
  return "Reject" in verbs ? { verb: "reject", disposition: dispositionOf(verbs.Reject["@reason"]) } : { verb: "hangup" };
};
