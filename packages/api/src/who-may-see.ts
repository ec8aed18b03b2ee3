/** What the role `user` is shown: everything about calls but whole telephone numbers, everything of the tenant but its key. */
import type { Actor } from "./actor.ts";
import type { UsedBy } from "@switchboard/control/references";
import { maskNumber } from "@switchboard/routing/number";
import type { CallRecord } from "./schemas/call-record.ts";
import type { Fallback } from "./schemas/call-words.ts";
import type { LiveEvent } from "./schemas/live-event.ts";

type Fields = Record<string, string | number | null>;

/** What is written like a number, whatever field it stands in. */
const likeNumber = /^(sips?:)?\+?[\d\s().-]{7,20}(@.*)?$/i;

/** A webhook's fields; `isNumberField` knows the platform's names of those that hold a party's number. */
export const webhookFieldsFor = (actor: Actor, fields: Fields, isNumberField: (name: string) => boolean): Fields => {
  switch (actor.role) {
    case "admin":
      return fields;
    case "user":
      return Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [
          name,
          typeof value === "string" && (isNumberField(name) || likeNumber.test(value)) ? maskNumber(value) : value,
        ]),
      );
  }
};

/** A rule's pattern: a whole number is masked, the beginning of many numbers is not. */
export const patternFor = (actor: Actor, pattern: string): string => {
  switch (actor.role) {
    case "admin":
      return pattern;
    case "user":
      return likeNumber.test(pattern.trim()) ? maskNumber(pattern) : pattern;
  }
};

/** What uses something: a rule goes by its pattern. */
export const usedByFor = (actor: Actor, { references, ...counts }: UsedBy): UsedBy => ({
  ...counts,
  references: references.map((each) => (each.type === "inbound_rule" ? { ...each, name: patternFor(actor, each.name) } : each)),
});

/** A fallback: the number or the address it dials is masked. */
export const fallbackFor = (actor: Actor, fallback: Fallback): Fallback => {
  if (fallback?.type === "number") return { ...fallback, number: patternFor(actor, fallback.number) };
  if (fallback?.type === "sip") return { ...fallback, uri: patternFor(actor, fallback.uri) };
  return fallback;
};

/** The tenant's key, or what stands in its place. */
export const keyFor = (actor: Actor, key: string): string => {
  switch (actor.role) {
    case "admin":
      return key;
    case "user":
      return "••••••••";
  }
};

type CallFields = { from?: string; to?: string; rulePattern?: string | null };

/** A call, or what changed of it. A rule about one number says that number as well. */
export const callFor = <Call extends CallFields>(actor: Actor, call: Call): Call => {
  switch (actor.role) {
    case "admin":
      return call;
    case "user": {
      const masked = { ...call };
      if (call.from !== undefined) masked.from = maskNumber(call.from);
      if (call.to !== undefined) masked.to = maskNumber(call.to);
      if (typeof call.rulePattern === "string") masked.rulePattern = patternFor(actor, call.rulePattern);
      return masked;
    }
  }
};

export const recordFor = (actor: Actor, record: CallRecord): CallRecord => ({
  ...callFor(actor, record),
  fallbackUsed: fallbackFor(actor, record.fallbackUsed),
});

export const eventFor = (actor: Actor, event: LiveEvent): LiveEvent => {
  switch (event.type) {
    case "call.started":
      return { ...event, data: callFor(actor, event.data) };
    case "call.updated":
    case "call.ended":
      return { ...event, data: callFor(actor, event.data) };
    case "agent.status_changed":
    case "routing_rule.updated":
      return event;
  }
};
