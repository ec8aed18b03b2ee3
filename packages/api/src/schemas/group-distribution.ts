/** How the calls of a group fell to its members, beside how they should. */
import { z } from "zod";
import { idInput, page, pagingInput, searchInput } from "./paging.ts";

const share = z.number().min(0).max(1).nullable();

const memberSchema = z.object({
  agentId: z.string(),
  name: z.string(),
  provider: z.string(),
  enabled: z.boolean().meta({ description: "Member and agent both." }),
  health: z.enum(["healthy", "ejected", "probing", "ramping"]),
  cause: z.string().nullable().meta({ description: "Why its health is what it is; null where it never changed." }),
  healthSince: z.iso.datetime().nullable(),
  ejectedUntil: z.iso.datetime().nullable(),
  available: z.boolean().meta({ description: "Could take a call that came now." }),
  why: z.string().nullable().meta({ description: "Why it couldn’t, in words." }),
  activeCalls: z.int().meta({ description: "Of the agent, by whatever way." }),
  capacity: z.int().nullable(),
  activeInGroup: z.int(),
  capacityInGroup: z.int().nullable(),
  priority: z.int(),
  weight: z.int(),
  calls: z.int().meta({ description: "That this group gave it since `since`, those that failed too, test calls not." }),
  share: share.meta({ description: "Its part of the calls given to those who are members now; null where there were none." }),
  targetShare: share.meta({ description: "The part that it should get of calls that come now; null where nobody can be chosen." }),
});

export const groupDistributionSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    strategy: z.enum(["load_balanced", "priority", "round_robin"]),
    windowHours: z.int(),
    since: z.iso.datetime().meta({ description: "From when calls are counted: the group’s window, begun at whole five minutes." }),
    calls: z.int().meta({ description: "Given to those who are members now." }),
    callsToFormerMembers: z.int(),
    targetWords: z.string().meta({ description: "What decides who should get calls now." }),
    members: z.array(memberSchema).meta({ description: "In the order of the rotation." }),
  })
  .meta({ id: "GroupDistribution" });
export type GroupDistribution = z.infer<typeof groupDistributionSchema>;

export const groupDistributionPage = page(groupDistributionSchema);
export type GroupDistributionPage = z.infer<typeof groupDistributionPage>;

export const groupDistributionListInput = z.strictObject({
  ...pagingInput,
  search: searchInput,
  ids: z.array(idInput).min(1).max(200).optional().meta({ description: "Of groups; those that are not there are left out." }),
});
export type GroupDistributionQuery = z.infer<typeof groupDistributionListInput>;
