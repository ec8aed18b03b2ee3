/** What an operator says of inbound and outbound rules; whether a pattern can be read depends on the tenant's country and is checked on save. */
import { z } from "zod";
import { fallbackInput, targetIdInput, trunkNameInput } from "./fallback.ts";
import { isWritable, textInput } from "./text.ts";

const priorityInput = z.int().min(1, "Between 1, which is tried first, and 100,000.").max(100_000, "Between 1 and 100,000.");

/** An empty one is refused where patterns are read, with the words that help. */
const patternInput = z
  .string()
  .trim()
  .max(255, "At most 255 characters.")
  .refine(isWritable, "This holds characters that can't be written in XML.");

const inboundFields = {
  pattern: patternInput,
  /** Null: every caller. */
  callerPattern: patternInput.nullable(),
  targetType: z.enum(["voice_agent", "agent_group"]),
  targetId: targetIdInput,
  priority: priorityInput,
  enabled: z.boolean(),
  fallback: fallbackInput,
};

export const inboundRuleInput = z.strictObject({
  ...inboundFields,
  callerPattern: inboundFields.callerPattern.default(null),
  priority: priorityInput.default(100),
  enabled: inboundFields.enabled.default(true),
  fallback: fallbackInput.default(null),
});
export type InboundRuleInput = z.input<typeof inboundRuleInput>;

/** The fields given are changed, the rest stays; a target is given by type and id together. `version` is the one last read. */
export const inboundRuleChange = z.strictObject({ ...z.strictObject(inboundFields).partial().shape, version: z.int() });
export type InboundRuleChange = z.input<typeof inboundRuleChange>;

/** Empty says the same as null: any number. */
const prefixInput = z
  .string()
  .trim()
  .max(32, "At most 32 characters.")
  .refine(isWritable, "This holds characters that can't be written in XML.")
  .nullable();

const outboundFields = {
  callerIdPrefix: prefixInput,
  prefix: prefixInput,
  trunkConfig: z.strictObject({
    trunks: z.array(trunkNameInput).min(1, "A rule needs a trunk.").max(20, "At most 20 trunks."),
    callerId: textInput(32).optional(),
    timeoutSeconds: z.int().min(5).max(120).optional(),
    timeLimitSeconds: z.int().min(60).max(14_400).optional(),
  }),
  priority: priorityInput,
  enabled: z.boolean(),
};

export const outboundRuleInput = z.strictObject({
  ...outboundFields,
  callerIdPrefix: prefixInput.default(null),
  prefix: prefixInput.default(null),
  priority: priorityInput.default(100),
  enabled: outboundFields.enabled.default(true),
});
export type OutboundRuleInput = z.input<typeof outboundRuleInput>;

/** The fields given are changed, the rest stays. `version` is the one last read. */
export const outboundRuleChange = z.strictObject({ ...z.strictObject(outboundFields).partial().shape, version: z.int() });
export type OutboundRuleChange = z.input<typeof outboundRuleChange>;
