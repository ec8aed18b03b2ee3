/**
 * Reads what Cloudonix sends. Its field names live here and nowhere else (what we send back is written in routing's CXML files).
 * Read by hand, not by schema: the platform's fields vary between versions, and nothing but a missing identity may refuse a call.
 */
import type { Direction } from "@switchboard/routing/decision";
import { readSeconds, readText, readTime } from "./text.ts";

type Fields = Record<string, unknown>;

export const textLimit = 255;
const wordLimit = 64;
const namesKept = 8;

/** The fields that hold a party's number, of all that are kept of a request. */
const numberFields: ReadonlySet<string> = new Set(["From", "To", "callerId", "destination", "from", "to"]);
export const isNumberField = (name: string): boolean => numberFields.has(name);

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/** Query and form bodies carry nested objects as JSON text, if at all. */
const nested = (value: unknown): Fields => {
  if (isFields(value)) return value;
  if (typeof value !== "string" || !value.startsWith("{")) return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isFields(parsed) ? parsed : {};
  } catch {
    return {};
  }
};

const text = (value: unknown): string | null => readText(value, textLimit);
const firstText = (...values: unknown[]): string | null => {
  for (const value of values) {
    const found = text(value);
    if (found !== null) return found;
  }
  return null;
};

/** The other names a call goes by: SIP Call-IDs, and the session's number behind `id:`. */
const otherNames = (callIds: unknown, id: unknown, single?: unknown): string[] => {
  const list = Array.isArray(callIds) ? callIds.slice(0, namesKept) : [];
  const names = [single, ...list].map(text).filter((name) => name !== null);
  const number = readText(id, wordLimit);
  if (number !== null) names.push(`id:${number}`);
  return [...new Set(names)].slice(0, namesKept);
};

export type VoiceRequest = {
  session: string;
  sipCallIds: string[];
  /** `anonymous` when withheld, empty or missing. */
  from: string;
  to: string;
  direction: Direction;
  /** The first domain named anywhere; null when none is. */
  domain: string | null;
  /** The result of a dial, in the platform's word. */
  dialWord: string | null;
  fields: Record<string, string | number | null>;
};

export type Unreadable = { ok: false; problem: "not_an_object" | "no_session" | "no_to" | "no_identity" };

/** The domain that a request names beside its body. */
export const domainHeader = (headers: Headers): string | null => firstText(headers["x-cx-domain"]);

/** `headers` is what the request carried, names in lower case. */
export type Headers = Record<string, string | string[] | undefined>;

export const readVoiceRequest = (body: unknown, headers: Headers): { ok: true; request: VoiceRequest } | Unreadable => {
  if (!isFields(body)) return { ok: false, problem: "not_an_object" };
  const sessionData = nested(body.SessionData);
  const session = firstText(body.Session, sessionData.token, headers["x-cx-session"], body["X-CX-Session"], body.CallSid);
  if (session === null) return { ok: false, problem: "no_session" };
  const to = text(body.To);
  if (to === null) return { ok: false, problem: "no_to" };
  const direction = readText(body.Direction, wordLimit);
  const callStatus = readText(body.CallStatus, wordLimit);
  const dialWord = readText(body.DialCallStatus, wordLimit) ?? callStatus;
  const from = text(body.From) ?? "anonymous";
  const request: VoiceRequest = {
    session,
    sipCallIds: otherNames(sessionData.callIds, sessionData.id),
    from,
    to,
    direction: direction?.toLowerCase() === "subscriber" ? "outbound" : "inbound",
    domain: firstText(body.Domain, body.AccountSid, domainHeader(headers), body["X-CX-Domain"]),
    dialWord,
    fields: { Session: session, From: from, To: to, Direction: direction, CallStatus: callStatus, DialCallStatus: dialWord },
  };
  return { ok: true, request };
};

export type SessionUpdate = {
  /** Null: named by other names only. */
  session: string | null;
  sipCallIds: string[];
  from: string;
  to: string;
  direction: Direction;
  domain: string | null;
  word: string;
  eventId: string | null;
  modifiedAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  fields: Record<string, string | number | null>;
};

/** One update of the possibly list-wrapped body. */
export const readSessionUpdate = (body: unknown, headers: Headers): { ok: true; update: SessionUpdate } | Unreadable => {
  if (!isFields(body)) return { ok: false, problem: "not_an_object" };
  const session = firstText(body.token, headers["x-cx-session"]);
  const sipCallIds = otherNames(body.callIds, body.id, body.call_id);
  if (session === null && sipCallIds.length === 0) return { ok: false, problem: "no_identity" };
  const word = readText(body.status, wordLimit) ?? "";
  const eventId = text(body.eventId);
  const direction = readText(body.direction, wordLimit)?.toLowerCase();
  const from = text(body.callerId) ?? "anonymous";
  const to = text(body.destination) ?? "";
  const update: SessionUpdate = {
    session,
    sipCallIds,
    from,
    to,
    direction: direction === "outgoing" || direction === "subscriber" ? "outbound" : "inbound",
    domain: firstText(body.domain, body.domainNameOrId, domainHeader(headers)),
    word,
    eventId,
    modifiedAt: readTime(body.modifiedAt),
    answeredAt: readTime(body.callAnswerTime) ?? readTime(body.answerTime),
    endedAt: readTime(body.callEndTime) ?? readTime(body.endTime),
    fields: { token: session, callerId: from, destination: to, status: word, direction: direction ?? null, eventId },
  };
  return { ok: true, update };
};

export type Cdr = {
  session: string | null;
  sipCallIds: string[];
  from: string;
  to: string;
  domain: string | null;
  disposition: string;
  timestamp: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  billSeconds: number | null;
  fields: Record<string, string | number | null>;
};

export const readCdr = (body: unknown, headers: Headers): { ok: true; cdr: Cdr } | Unreadable => {
  if (!isFields(body)) return { ok: false, problem: "not_an_object" };
  const session = nested(body.session);
  const owner = nested(nested(body.owner).domain);
  const token = firstText(
    session.token,
    typeof body.session === "string" && !body.session.startsWith("{") ? body.session : null,
    body.token,
  );
  const sipCallIds = otherNames(session.callIds, session.id, body.call_id);
  if (token === null && sipCallIds.length === 0) return { ok: false, problem: "no_identity" };
  const from = text(body.from) ?? "anonymous";
  const to = text(body.to) ?? "";
  const disposition = readText(body.disposition, wordLimit) ?? "";
  const billSeconds = readSeconds(body.billsec);
  const cdr: Cdr = {
    session: token,
    sipCallIds,
    from,
    to,
    domain: firstText(body.domain, owner.name, domainHeader(headers)),
    disposition,
    timestamp: readTime(body.timestamp),
    answeredAt: readTime(session.callAnswerTime),
    endedAt: readTime(session.callEndTime),
    billSeconds,
    fields: {
      session: token,
      call_id: text(body.call_id),
      from,
      to,
      disposition,
      billsec: billSeconds,
      duration: readSeconds(body.duration),
    },
  };
  return { ok: true, cdr };
};
