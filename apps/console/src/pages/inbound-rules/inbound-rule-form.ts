/** What a form holds of an inbound rule: the server's own fields, its patterns read in the tenant's country. */
import { inboundRuleChange } from "@switchboard/routing/input/routing-rule";
import { parsePattern } from "@switchboard/routing/pattern";
import type { z } from "zod";
import type { InboundRule } from "../../api/answers.ts";

const fields = inboundRuleChange.omit({ version: true }).required();
export type InboundRuleValues = z.input<typeof fields>;
export type InboundRuleOutput = z.output<typeof fields>;

/** The same refusals as on save, in the same words. */
export const inboundRuleForm = (country: string | null): z.ZodType<InboundRuleOutput, InboundRuleValues> =>
  fields.superRefine(({ pattern, callerPattern }, context) => {
    const refuse = (path: string, text: string) => {
      const parsed = parsePattern(text, country);
      if (!parsed.ok) context.addIssue({ code: "custom", path: [path], message: parsed.message });
    };
    refuse("pattern", pattern);
    if (callerPattern !== null) refuse("callerPattern", callerPattern);
  });

const none: InboundRuleValues = {
  pattern: "",
  callerPattern: null,
  targetType: "agent_group",
  targetId: "",
  priority: 100,
  enabled: true,
  fallback: null,
};

export const inboundValuesOf = (rule: InboundRuleValues | InboundRule = none): InboundRuleValues => ({
  pattern: rule.pattern,
  callerPattern: rule.callerPattern,
  targetType: rule.targetType,
  targetId: rule.targetId,
  priority: rule.priority,
  enabled: rule.enabled,
  fallback: rule.fallback,
});
