/** What was set at a domain and what was there before, so that it can be put back. Kept sealed: it holds others' tokens. */
import type { Webhooks } from "@switchboard/api/schemas/tenant";
import { z } from "zod";
import type { Wanted } from "./differences.ts";
import { type PlatformState, profileText } from "./platform-state.ts";

const recordShape = z.object({
  before: z.object({
    token: z.string().nullable(),
    sessionUpdate: z.string().nullable(),
    cdr: z.string().nullable(),
    /** Null: there was no application of our name. */
    application: z.object({ url: z.string().nullable(), method: z.string().nullable() }).nullable(),
    defaultApplication: z.number().nullable(),
  }),
  put: z.object({ voiceApplication: z.string(), sessionUpdate: z.string(), cdr: z.string(), isDefault: z.boolean() }),
});
export type ConnectionRecord = z.infer<typeof recordShape>;

export const recordText = (record: ConnectionRecord): string => JSON.stringify(record);
export const recordOf = (text: string): ConnectionRecord => recordShape.parse(JSON.parse(text));

export type Ours = { token: boolean; sessionUpdate: boolean; cdr: boolean; application: boolean; isDefault: boolean };

/** What there is still as it was put: anything else was somebody's wish since. */
export const oursIn = (state: PlatformState, put: Webhooks & { isDefault: boolean }, standing: Wanted["tokenStanding"]): Ours => ({
  token: standing === "current" || standing === "earlier",
  sessionUpdate: profileText(state, "session-update-endpoint") === put.sessionUpdate,
  cdr: profileText(state, "cdr-endpoint") === put.cdr,
  application: state.application?.url === put.voiceApplication,
  isDefault: put.isDefault && state.application !== null && state.defaultApplication?.id === state.application.id,
});

/** Of what an earlier change put there, what was there before it is kept: whoever undoes wants that back. */
export const recordFor = (state: PlatformState, wanted: Wanted, earlier: ConnectionRecord | null): ConnectionRecord => {
  const { webhooks, isDefault, tokenStanding } = wanted;
  const now: ConnectionRecord["before"] = {
    token: profileText(state, "authorization-api-key"),
    sessionUpdate: profileText(state, "session-update-endpoint"),
    cdr: profileText(state, "cdr-endpoint"),
    application: state.application && { url: state.application.url, method: state.application.method },
    defaultApplication: state.defaultApplication?.id ?? null,
  };
  const put = { ...webhooks, isDefault };
  if (earlier === null) return { before: now, put };
  const ours = oursIn(state, earlier.put, tokenStanding);
  const { before } = earlier;
  return {
    before: {
      token: ours.token ? before.token : now.token,
      sessionUpdate: ours.sessionUpdate ? before.sessionUpdate : now.sessionUpdate,
      cdr: ours.cdr ? before.cdr : now.cdr,
      application: ours.application ? before.application : now.application,
      defaultApplication: ours.isDefault ? before.defaultApplication : now.defaultApplication,
    },
    // Default once asked for stays ours to put back.
    put: { ...put, isDefault: isDefault || (earlier.put.isDefault && ours.isDefault) },
  };
};
