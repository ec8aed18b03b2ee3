/** How a voice agent stands in operation. */
import { z } from "zod";
import { idInput, page } from "./paging.ts";

export const agentStatusSchema = z
  .object({
    id: z.string(),
    enabled: z.boolean(),
    health: z.enum(["healthy", "ejected", "probing", "ramping"]),
    /** Why its health is what it is; null where it never changed. */
    cause: z.string().nullable(),
    since: z.iso.datetime().nullable(),
    /** Null unless it is ejected. */
    ejectedUntil: z.iso.datetime().nullable(),
    activeCalls: z.int(),
    capacity: z.int().nullable(),
    /** Over the last `windowHours`. */
    callsInWindow: z.int(),
    windowHours: z.int(),
    lastAssignedAt: z.iso.datetime().nullable(),
    lastFailure: z.object({ at: z.iso.datetime(), result: z.string(), callId: z.string() }).nullable(),
  })
  .meta({ id: "AgentStatus" });
export type AgentStatus = z.infer<typeof agentStatusSchema>;

export const agentStandingSchema = z
  .object({
    ...agentStatusSchema.shape,
    usedBy: z
      .object({ groups: z.int(), rules: z.int() })
      .meta({ description: "How many groups and inbound rules name it, as member, target or fallback." }),
  })
  .meta({ id: "AgentStanding" });
export type AgentStanding = z.infer<typeof agentStandingSchema>;

export const agentStatusesInput = z.strictObject({
  ids: z.array(idInput).min(1).max(200).meta({ description: "Of agents; those that are not there are left out of the answer." }),
});
export const agentStandingPage = page(agentStandingSchema);
