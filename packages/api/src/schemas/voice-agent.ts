/** Voice agents at the door: what lists take, what one looks like, never its password. */
import { voiceAgentChange, voiceAgentInput } from "@switchboard/routing/input/voice-agent";
import { z } from "zod";
import { idInput, page, pagingInput, searchInput } from "./paging.ts";
import { warningSchema } from "./warning.ts";

export const voiceAgentSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    provider: z.string(),
    serviceValue: z.string(),
    username: z.string().nullable(),
    hasPassword: z.boolean(),
    enabled: z.boolean(),
    capacity: z.int().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    warnings: z.array(warningSchema),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "VoiceAgent" });

export const voiceAgentPage = page(voiceAgentSchema);

export const voiceAgentListInput = z.strictObject({
  ...pagingInput,
  search: searchInput,
  provider: z.string().max(64).optional(),
  enabled: z.boolean().optional(),
});

export const voiceAgentCreateInput = voiceAgentInput;
export const voiceAgentUpdateInput = z.strictObject({ id: idInput, ...voiceAgentChange.shape });
