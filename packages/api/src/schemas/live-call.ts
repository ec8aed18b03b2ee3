/** A call in progress as consoles see it, and the snapshot they begin with. */
import { z } from "zod";
import { callStateSchema, callStatusSchema, directionSchema, reasonSchema } from "./call-words.ts";
import { parsedAtOnce } from "./parsed-at-once.ts";

/** How strong the proof of `state` is: whoever merges keeps the greater, compared field by field. */
export const standingSchema = z.object({ rank: z.int(), source: z.int(), at: z.number(), tie: z.number() });
export type Standing = z.infer<typeof standingSchema>;

/** What was decided for the call: an agent is dialled, or one of the ends of the chain was reached. */
export const handlings = ["agent", "number", "sip", "message", "reject", "hangup"] as const;

export const liveCallSchema = z
  .object({
    id: z.string(),
    session: z.string(),
    direction: directionSchema,
    from: z.string(),
    to: z.string(),
    state: callStateSchema,
    status: callStatusSchema,
    standing: standingSchema,
    /** Why the first target did not take the call, or `matched`; null until something was decided. */
    reason: reasonSchema.nullable(),
    ruleId: z.string().nullable(),
    rulePattern: z.string().nullable(),
    groupId: z.string().nullable(),
    groupName: z.string().nullable(),
    agentId: z.string().nullable(),
    agentName: z.string().nullable(),
    agentProvider: z.string().nullable(),
    handling: z.enum(handlings).nullable(),
    /** Which step of the call this is; 1 is its first dial, 0 when nothing was decided yet. */
    attempt: z.int(),
    startedAt: z.iso.datetime(),
    answeredAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    degraded: z.boolean(),
    /** Somebody tries the configuration: nobody called, and it is in no figure. */
    test: z.boolean(),
  })
  .meta({ id: "LiveCall" });
export type LiveCall = z.infer<typeof liveCallSchema>;

export const liveSnapshotSchema = parsedAtOnce(
  z.object({
    calls: z.array(liveCallSchema),
    /** Subscribe to `live.events` with this as `lastEventId` and nothing is missed in between. */
    cursor: z.string(),
    /** The live store did not answer: what is shown is older than it looks. */
    delayed: z.boolean(),
  }),
);
export type LiveSnapshot = z.infer<typeof liveSnapshotSchema>;
