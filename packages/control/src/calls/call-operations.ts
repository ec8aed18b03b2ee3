/** What operators did to live calls, written into the audit log; done elsewhere, since a call waits for no database. */
import type { CallId } from "@switchboard/routing/ids";
import type { CallAction } from "@switchboard/routing/journal-event";
import { type Bound, changeBesidePlan, writeAudit } from "../configuration/change.ts";

export type CallOperationNote = {
  action: CallAction;
  callId: CallId;
  before: Record<string, string | null> | null;
  after: Record<string, string | null>;
};

/** Throws ControlError `unavailable`: what was done stands all the same. */
export const noteCallOperation = (bound: Bound, { action, callId, before, after }: CallOperationNote): Promise<void> =>
  changeBesidePlan(bound, (change) =>
    writeAudit(change, { action: `call.${action}`, targetType: "call", targetId: callId, before, after }),
  );
