/** Ends a live call at the platform; that it is over shows by the platform's own reports, as ever. */
import type { HungUpCall } from "@switchboard/api/schemas/live-operation";
import { type Operated, platformRefusal } from "./operated.ts";

/** A call that was over before is hung up, too. Throws ControlError `not_found`, `rule_broken`, `unavailable`, and `TOO_MANY_REQUESTS`. */
export const createHangUp =
  (operated: Operated) =>
  async (id: string): Promise<HungUpCall> => {
    const { callId, facts } = await operated.liveCall(id);
    const client = await operated.platform();
    const ended = await client.endSession(facts.session);
    if (!ended.ok) throw platformRefusal(ended.failure, client.domain);
    const { from, to } = facts;
    await operated.note({ action: "hung_up", callId, before: { from, to }, after: { outcome: ended.value } }, null);
    return { id: callId, outcome: ended.value };
  };
