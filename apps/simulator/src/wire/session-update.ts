/** A session update as Cloudonix sends it: an object, or that object alone in an array. */
import type { CallPlan } from "../call-plan.ts";
import type { Target } from "../target.ts";
import { sessionDirection } from "./voice-request.ts";

export type SessionStatus =
  | "new"
  | "processing"
  | "ringing"
  | "answer"
  | "connected"
  | "noanswer"
  | "busy"
  | "cancel"
  | "external"
  | "error"
  | "failed"
  | "congestion";

export type SessionUpdate = {
  /** Which update of the call this is, from 1. */
  sequence: number;
  status: SessionStatus;
  at: number;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
};

const iso = (milliseconds: number | null): string | null => (milliseconds === null ? null : new Date(milliseconds).toISOString());

export const sessionUpdateBody = (plan: CallPlan, target: Target, update: SessionUpdate): Record<string, unknown> => ({
  id: plan.sessionId,
  eventId: `${plan.session}-${update.sequence}`,
  token: plan.session,
  domainId: 42,
  domain: target.domain,
  ...(plan.direction === "subscriber" ? { subscriberId: 8_000 + (plan.index % 100) } : {}),
  callerId: plan.from,
  destination: plan.to,
  direction: sessionDirection(plan),
  status: update.status,
  action: update.sequence === 1 ? "create" : "update",
  reason: null,
  createdAt: iso(update.startedAt),
  modifiedAt: iso(update.at),
  callStartTime: update.startedAt,
  startTime: iso(update.startedAt),
  callAnswerTime: update.answeredAt,
  answerTime: iso(update.answeredAt),
  callEndTime: update.endedAt,
  endTime: iso(update.endedAt),
  timeLimit: null,
  vappServer: "10.0.0.9",
  lastError: null,
  callIds: [plan.sipCallId],
  profile: {},
});
