/** A journal event as the rows that remember it: one of the call's timeline, one of the webhook audit. */
import { hash } from "node:crypto";
import type { Decision } from "@switchboard/routing/decision";
import type { CallId } from "@switchboard/routing/ids";
import type { CallEvent, WebhookFacts } from "@switchboard/routing/journal-event";

/** Same event, same bytes, however often and in whatever order it is delivered. */
export type Dedupe = Buffer;

export type TimelineRow = { dedupe: Dedupe; at: Date; type: string; detail: object };

export function timelineRow(event: CallEvent): TimelineRow {
  switch (event.type) {
    case "step": {
      const { step, decision, degraded, ended, at } = event;
      const detail = { step, ...decisionDetail(decision), degraded, ended: ended && { step: ended.step, result: ended.result } };
      return { dedupe: hashOf("step", step, degraded), at: dateOf(at) ?? epoch, type: "step", detail };
    }
    case "report": {
      const { source, word, evidence, dedupe, occurredAt, answeredAt, endedAt, billSeconds } = event.report;
      const detail = { word, state: evidence?.state ?? null, answeredAt: isoOf(answeredAt), endedAt: isoOf(endedAt), billSeconds };
      return { dedupe: hashOf("report", source, dedupe), at: dateOf(occurredAt) ?? dateOf(event.at) ?? epoch, type: source, detail };
    }
    case "timeout":
      return { dedupe: hashOf("timeout", event.step), at: dateOf(event.at) ?? epoch, type: "timeout", detail: { step: event.step } };
    case "superseded":
    case "lease_retaken": {
      const { type, step, agentId, at } = event;
      return { dedupe: hashOf(type, step, agentId), at: dateOf(at) ?? epoch, type, detail: { step, agentId } };
    }
    case "operated": {
      const { type, action, by, to, at } = event;
      return { dedupe: hashOf(type, action, at), at: dateOf(at) ?? epoch, type, detail: { action, by, to } };
    }
  }
}

export type AuditRow = {
  id: Dedupe;
  receivedAt: Date;
  kind: WebhookFacts["kind"];
  callId: CallId | null;
  fields: object;
  answer: object | null;
};

/** Null for what no webhook brought. One delivery is one row: the same id wherever it passed through. Numbers are whole: who reads decides. */
export function auditRow(event: CallEvent): AuditRow | null {
  if (event.type !== "step" && event.type !== "report") return null;
  const { webhook, callId, tenantId } = event;
  if (webhook === null) return null;
  const names = event.type === "step" ? [callId, event.step] : event.sipCallIds;
  const id = hashOf(tenantId, webhook.kind, webhook.receivedAt, JSON.stringify(webhook.fields), ...names);
  const answer = event.type === "step" ? decisionDetail(event.decision) : null;
  return { id, receivedAt: dateOf(webhook.receivedAt) ?? epoch, kind: webhook.kind, callId, fields: webhook.fields, answer };
}

/** What was decided, without numbers, addresses or texts. */
function decisionDetail(decision: Decision) {
  const { kind, link, reason } = decision;
  if (kind === "agent") return { kind, link, reason, agentId: decision.agentId, targetId: decision.targetId, attempt: decision.attempt };
  if (kind === "number") return { kind, link, reason, trunk: decision.trunk };
  return { kind, link, reason };
}

function hashOf(...parts: (string | number | boolean | null)[]): Dedupe {
  return hash("sha256", JSON.stringify(parts), "buffer").subarray(0, 16);
}

const epoch = new Date(0);
const latest = Date.UTC(9999, 11, 31);

/** Null for no time, and for one that a DATETIME can't hold. */
export const dateOf = (milliseconds: number | null): Date | null =>
  milliseconds !== null && milliseconds >= 0 && milliseconds < latest ? new Date(Math.trunc(milliseconds)) : null;

const isoOf = (milliseconds: number | null): string | null => dateOf(milliseconds)?.toISOString() ?? null;
