/** What `live.events` sends: every event with the journal's id, so that a client can resume after it. */
import { z } from "zod";
import { liveCallSchema } from "./live-call.ts";

/** A journal id (`milliseconds-sequence`), as Redis writes it. */
export const journalId = z.string().regex(/^\d{1,16}-\d{1,16}$/, "Not an event id.");

export const liveEventsInput = z.strictObject({ lastEventId: journalId.nullish() }).optional();

/** Fields that changed; merged by `callId` into what the client already has. */
export const livePatchSchema = liveCallSchema.omit({ id: true }).partial().extend({ callId: z.string() });
export type LivePatch = z.infer<typeof livePatchSchema>;

const envelope = { id: journalId, at: z.iso.datetime() };

export const liveEventSchema = z.discriminatedUnion("type", [
  z.object({ ...envelope, type: z.literal("call.started"), data: livePatchSchema }),
  z.object({ ...envelope, type: z.literal("call.updated"), data: livePatchSchema }),
  z.object({ ...envelope, type: z.literal("call.ended"), data: livePatchSchema }),
  z.object({
    ...envelope,
    type: z.literal("agent.status_changed"),
    data: z.object({
      agentId: z.string(),
      from: z.enum(["healthy", "ejected", "probing", "ramping"]),
      to: z.enum(["healthy", "ejected", "probing", "ramping"]),
      cause: z.string(),
    }),
  }),
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;
