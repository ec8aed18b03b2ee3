/** What uses an agent or a group. */
import { z } from "zod";

export const usedBySchema = z
  .object({
    references: z
      .array(z.object({ type: z.enum(["agent_group", "inbound_rule", "tenant"]), id: z.string(), name: z.string() }))
      .meta({ description: "The first twenty groups and the first twenty rules; the tenant where it is its fallback." }),
    groups: z.int().meta({ description: "How many groups there are." }),
    rules: z.int(),
  })
  .meta({ id: "UsedBy" });
