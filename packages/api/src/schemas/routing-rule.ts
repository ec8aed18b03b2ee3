/** Inbound and outbound rules at the door: what lists take, what one looks like. */
import { inboundRuleChange, inboundRuleInput, outboundRuleChange, outboundRuleInput } from "@switchboard/routing/input/routing-rule";
import { z } from "zod";
import { fallbackSchema } from "./call-words.ts";
import { idInput, page, pagingInput, searchInput } from "./paging.ts";
import { outboundWarningSchema, warningSchema } from "./warning.ts";

const targetTypeSchema = z.enum(["voice_agent", "agent_group"]);

export const inboundRuleSchema = z
  .object({
    id: z.string(),
    pattern: z.string().meta({ description: "One number, a prefix (`+1415*`) or `*`.", examples: ["+14155550123"] }),
    callerPattern: z.string().nullable(),
    targetType: targetTypeSchema,
    targetId: z.string(),
    targetName: z.string(),
    priority: z.int().meta({ description: "1 is tried first; 100 where none was given." }),
    enabled: z.boolean(),
    fallback: fallbackSchema,
    warnings: z.array(warningSchema),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "InboundRule" });

export const inboundRulePage = page(inboundRuleSchema);

export const inboundRuleListInput = z.strictObject({
  ...pagingInput,
  search: searchInput,
  enabled: z.boolean().optional(),
  targetType: targetTypeSchema.optional(),
  targetId: idInput.optional(),
});
export const inboundRuleCreateInput = inboundRuleInput;
export const inboundRuleUpdateInput = z.strictObject({ id: idInput, ...inboundRuleChange.shape });

export const outboundRuleSchema = z
  .object({
    id: z.string(),
    callerIdPrefix: z.string().nullable(),
    prefix: z
      .string()
      .nullable()
      .meta({ description: "`+44`, `+4420` or a country.", examples: ["GB"] }),
    trunkConfig: z.object({
      trunks: z.array(z.string()),
      callerId: z.string().optional(),
      timeoutSeconds: z.int().optional(),
      timeLimitSeconds: z.int().optional(),
    }),
    priority: z.int(),
    enabled: z.boolean(),
    warnings: z.array(outboundWarningSchema),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "OutboundRule" });

export const outboundRulePage = page(outboundRuleSchema);

export const outboundRuleListInput = z.strictObject({ ...pagingInput, search: searchInput, enabled: z.boolean().optional() });
export const outboundRuleCreateInput = outboundRuleInput;
export const outboundRuleUpdateInput = z.strictObject({ id: idInput, ...outboundRuleChange.shape });
