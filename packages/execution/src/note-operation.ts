/** Writes down what an operator did to a call, in order with all else that happened to it. */
import type { CallId, TenantId } from "@switchboard/routing/ids";
import type { CallEvent } from "@switchboard/routing/journal-event";
import { jsonMembers } from "./arguments.ts";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { clockArgument, loadScript, runScript } from "./script.ts";

const script = loadScript("note-operation");

export type CallOperation = Pick<Extract<CallEvent, { type: "operated" }>, "action" | "by" | "to">;

export type NoteOperation = (tenantId: TenantId, callId: CallId, operation: CallOperation) => Promise<void>;

/** Throws when Redis does not answer in time: the note may stand all the same. */
export function createNoteOperation(redis: RedisClient): NoteOperation {
  return async (tenantId, callId, operation) => {
    const event = jsonMembers({ type: "operated", ...operation });
    await runScript(redis, script, tenantScriptKeys(tenantId), [clockArgument(undefined), tenantId, callId, event]);
  };
}
