/** A voice application request as Cloudonix sends it, in each of the forms it may take. */
import type { CallPlan, Encoding } from "../call-plan.ts";
import type { Target } from "../target.ts";

/** How a dial ended, in the platform's words. `resultIn`: which parameter carries it. */
export type DialWords = { status: string | null; resultIn: "DialCallStatus" | "CallStatus" };

export type VoiceParameters = Record<string, unknown>;

export type WireRequest = { method: "GET" | "POST"; url: string; headers: Record<string, string>; body: string | null };

export type SessionFacts = { startedAt: number; status: string; ringing: boolean };

const sessionData = (plan: CallPlan, domain: string, facts: SessionFacts): Record<string, unknown> => ({
  id: plan.sessionId,
  domainId: 42,
  domainNameOrId: domain,
  ...(plan.direction === "subscriber"
    ? { subscriberId: 8_000 + (plan.index % 100), outgoingSubscriberId: 8_000 + (plan.index % 100) }
    : {}),
  destination: plan.to,
  callerId: plan.from,
  direction: sessionDirection(plan),
  token: plan.session,
  callIds: [plan.sipCallId],
  callStartTime: facts.startedAt,
  status: facts.status,
  vappServer: "10.0.0.9",
  ringing: facts.ringing,
  profile: profileOf(plan),
});

/** A session's words for what a voice request calls inbound, subscriber and outbound-api. */
export const sessionDirection = ({ direction }: CallPlan): string =>
  direction === "subscriber" ? "outgoing" : direction === "outbound-api" ? "application" : "incoming";

const profileOf = (plan: CallPlan): Record<string, unknown> =>
  plan.direction === "subscriber"
    ? { "subscriber-sip-headers": { CID: plan.sipCallId }, callId: [plan.sipCallId] }
    : {
        "inbound-trunk-id": 7,
        "inbound-trunk-name": "carrier-a",
        "trunk-sip-headers": {
          CID: plan.sipCallId,
          "Cloudonix-Origin": "border",
          "Cloudonix-IP": "192.0.2.10",
          "Cloudonix-Signature": "c2lnbmF0dXJl",
        },
        callId: [plan.sipCallId],
      };

/** Every parameter of a first request; a follow-up carries the same again and a dial's result. */
export function voiceParameters(plan: CallPlan, target: Target, facts: SessionFacts & { result: DialWords | null }): VoiceParameters {
  const { result } = facts;
  // Who was rung is as though they had called.
  const [from, to] = plan.direction === "outbound-api" ? [plan.to, plan.from] : [plan.from, plan.to];
  return {
    CallSid: plan.session,
    Session: plan.session,
    From: from,
    To: to,
    CallerName: plan.callerName,
    Direction: plan.direction,
    CallStatus: result?.resultIn === "CallStatus" && result.status !== null ? result.status : "in-progress",
    ...(result?.resultIn === "DialCallStatus" && result.status !== null ? { DialCallStatus: result.status } : {}),
    ...(plan.index % 20 === 0 ? { Diverted: `+15550100099@${target.domain}` } : {}),
    ...(plan.index % 10 === 0 ? { AssertedIdentity: plan.from } : {}),
    ApiVersion: "1",
    AccountSid: target.domain,
    Domain: target.domain,
    SessionData: sessionData(plan, target.domain, facts),
  };
}

export const platformHeaders = (plan: CallPlan, target: Target): Record<string, string> => ({
  authorization: `Bearer ${target.webhookToken}`,
  "user-agent": "Cloudonix/5.3",
  accept: "*/*",
  "x-cx-domain": target.domain,
  "x-cx-session": plan.session,
  "x-cx-source": "vapp",
  "x-cx-apikey": `XI${plan.session}`,
});

const asQuery = (parameters: VoiceParameters): string =>
  new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  ).toString();

/** @param encoding `query` makes it a GET, with the nested session data as JSON text, the only form that loses nothing. */
export function encodeVoiceRequest(
  url: string,
  parameters: VoiceParameters,
  encoding: Encoding,
  headers: Record<string, string>,
): WireRequest {
  switch (encoding) {
    case "json":
      return { method: "POST", url, headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(parameters) };
    case "form":
      return {
        method: "POST",
        url,
        headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
        body: asQuery(parameters),
      };
    case "query":
      return { method: "GET", url: `${url}${url.includes("?") ? "&" : "?"}${asQuery(parameters)}`, headers, body: null };
  }
}
