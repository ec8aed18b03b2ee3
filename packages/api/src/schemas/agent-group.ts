/** Agent groups at the door: what lists take, what one looks like. */
import { agentGroupChange, agentGroupInput } from "@switchboard/routing/input/agent-group";
import { z } from "zod";
import { fallbackSchema } from "./call-words.ts";
import { idInput, page, pagingInput, searchInput } from "./paging.ts";

const strategySchema = z.enum(["load_balanced", "priority", "round_robin"]);

const memberSchema = z
  .object({
    agentId: z.string(),
    position: z.int().meta({ description: "Where in the rotation." }),
    priority: z.int().meta({ description: "1 first; only the strategy `priority` looks at it." }),
    weight: z.int(),
    capacity: z.int().nullable().meta({ description: "Concurrent calls through this group; null no limit, 0 none." }),
    enabled: z.boolean(),
  })
  .meta({ id: "Member" });

export const agentGroupSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    strategy: strategySchema,
    settings: z.object({
      windowHours: z.int().optional(),
      newMemberStart: z.enum(["level", "empty"]).optional(),
      ringSeconds: z.int().optional(),
      maxAttempts: z.int().optional(),
      maxTotalSeconds: z.int().optional(),
      maxCallSeconds: z.int().optional(),
    }),
    fallback: fallbackSchema,
    members: z.array(memberSchema),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "AgentGroup" });

export const agentGroupPage = page(agentGroupSchema);

export const agentGroupListInput = z.strictObject({ ...pagingInput, search: searchInput, strategy: strategySchema.optional() });

export const agentGroupCreateInput = agentGroupInput;
export const agentGroupUpdateInput = z.strictObject({ id: idInput, ...agentGroupChange.shape });
