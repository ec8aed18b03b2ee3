/** What an operator says of inbound and outbound rules; whether a pattern can be read depends on the tenant's country and is checked on save. */
import { z } from "zod";
import { agentIdInput, fallbackInput, groupIdInput } from "./fallback.ts";
import { textInput } from "./text.ts";

const priorityInput = z.int().min(1).max(100_000);

const common = {
  pattern: textInput(255),
  callerPattern: textInput(255).nullable().default(null),
  priority: priorityInput.default(100),
  enabled: z.boolean().default(true),
  fallback: fallbackInput.default(null),
};

export const inboundRuleInput = z.discriminatedUnion("targetType", [
  z.strictObject({ ...common, targetType: z.literal("voice_agent"), targetId: agentIdInput }),
  z.strictObject({ ...common, targetType: z.literal("agent_group"), targetId: groupIdInput }),
]);
export type InboundRuleInput = z.input<typeof inboundRuleInput>;

export const outboundRuleInput = z.strictObject({
  callerIdPrefix: textInput(32).nullable().default(null),
  prefix: textInput(32).nullable().default(null),
  trunkConfig: z.strictObject({
    trunks: z.array(textInput(64)).min(1, "A rule needs a trunk.").max(20, "At most 20 trunks."),
    callerId: textInput(32).optional(),
    timeoutSeconds: z.int().min(5).max(120).optional(),
    timeLimitSeconds: z.int().min(60).max(14_400).optional(),
  }),
  priority: priorityInput.default(100),
  enabled: z.boolean().default(true),
});
export type OutboundRuleInput = z.input<typeof outboundRuleInput>;
