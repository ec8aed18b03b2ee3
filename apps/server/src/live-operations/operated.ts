/** What the operations on live calls have in common: the call, the way to the platform, its refusals in words, and the notes. */
import { tooManyRequests } from "@switchboard/api/too-many-requests";
import type { CloudonixFailure } from "@switchboard/cloudonix/answer";
import type { DomainClient } from "@switchboard/cloudonix/domain-client";
import { failureWords } from "@switchboard/cloudonix/failure-words";
import type { Bound } from "@switchboard/control/change";
import { type CallOperationNote, noteCallOperation } from "@switchboard/control/call-operations";
import { ControlError } from "@switchboard/control/control-error";
import type { LiveCall, ReadLiveCall } from "@switchboard/execution/live-calls";
import type { CallOperation, NoteOperation } from "@switchboard/execution/note-operation";
import { callId } from "@switchboard/routing/ids";
import type { Plan } from "@switchboard/routing/plan";
import { noKeyWords, type OpenDomain } from "../cloudonix/open-domain.ts";
import { fromRedis } from "../live-figures.ts";
import type { Logger } from "../logger.ts";

export type OperatedDeps = {
  bound: Bound;
  plan: () => Plan | undefined;
  redisDecides: () => boolean;
  readCall: ReadLiveCall;
  noteOperation: NoteOperation;
  openDomain: OpenDomain;
  logger: Logger;
};

/** As the procedures answer it: what a person can change is 422, what passes by itself 429 or 503. */
export const platformRefusal = (failure: CloudonixFailure, domain: string): Error => {
  const words = failureWords(failure, domain);
  switch (failure.kind) {
    case "rate_limited":
      return tooManyRequests("Cloudonix takes ten requests in ten seconds for a domain, and these were used up.", failure.retryMs);
    case "unauthorised":
    case "forbidden":
    case "not_found":
    case "refused":
    case "redirected":
      return new ControlError("rule_broken", words);
    case "timeout":
    case "unreachable":
    case "bad_answer":
    case "too_large":
    case "paused":
      return new ControlError("unavailable", words);
  }
};

export type Operated = ReturnType<typeof createOperated>;

export const createOperated = ({ bound, plan, redisDecides, readCall, noteOperation, openDomain, logger }: OperatedDeps) => ({
  /** Throws ControlError `not_found` (not on the line), `rule_broken` (a test call), `unavailable`. */
  liveCall: async (id: string): Promise<LiveCall> => {
    const { call } = await fromRedis(redisDecides, async () => ({ call: await readCall(bound.tenantId, callId(id)) }));
    if (call === null) throw new ControlError("not_found", "This call is not on the line any more.");
    if (call.facts.test)
      throw new ControlError("rule_broken", "A test call ends by itself within a minute; Cloudonix knows nothing of it.");
    return call;
  },

  /** Throws ControlError `unavailable` before any plan was read. */
  plan: (): Plan => {
    const known = plan();
    if (!known) throw new ControlError("unavailable", "The configuration is being read. Please try again in a moment.");
    return known;
  },

  /** Throws ControlError `rule_broken` while no key is stored, `unavailable`. */
  platform: async (): Promise<DomainClient> => {
    const { client } = await openDomain(bound.tenantId, { urgency: "person" });
    if (client === null) throw new ControlError("rule_broken", noKeyWords);
    return client;
  },

  /** What was done stands, whatever becomes of the notes of it. */
  note: async (of: CallOperationNote, to: CallOperation["to"]): Promise<void> => {
    const { tenantId, actor } = bound;
    const notes = [noteOperation(tenantId, of.callId, { action: of.action, by: actor.name, to }), noteCallOperation(bound, of)];
    for (const noted of await Promise.allSettled(notes)) {
      if (noted.status === "rejected")
        logger.error({ event: "operation_not_noted", call: of.callId, action: of.action, err: noted.reason });
    }
  },
});
