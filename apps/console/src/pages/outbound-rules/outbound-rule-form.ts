/** What a form holds of an outbound rule: the server's own fields, its prefixes read in the tenant's country. */
import { outboundRuleChange } from "@switchboard/routing/input/routing-rule";
import { parsePrefix } from "@switchboard/routing/pattern";
import type { z } from "zod";
import type { OutboundRule } from "../../api/answers.ts";

const fields = outboundRuleChange.omit({ version: true }).required();
export type OutboundRuleValues = z.input<typeof fields>;
export type OutboundRuleOutput = z.output<typeof fields>;

const boundless = "Name a destination or a caller: a rule for every call would open every destination to everybody.";

/** The same refusals as on save, in the same words. */
export const outboundRuleForm = (country: string | null): z.ZodType<OutboundRuleOutput, OutboundRuleValues> =>
  fields.superRefine(({ prefix, callerIdPrefix }, context) => {
    const [destination, caller] = [parsePrefix(prefix, country), parsePrefix(callerIdPrefix, country)];
    const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (!destination.ok) refuse("prefix", destination.message);
    if (!caller.ok) refuse("callerIdPrefix", caller.message);
    if (destination.ok && caller.ok && destination.prefix.kind === "any" && caller.prefix.kind === "any") refuse("prefix", boundless);
  });

const none: OutboundRuleValues = {
  prefix: null,
  callerIdPrefix: null,
  trunkConfig: { trunks: [""] },
  priority: 100,
  enabled: true,
};

export const outboundValuesOf = (rule: OutboundRuleValues | OutboundRule = none): OutboundRuleValues => ({
  prefix: rule.prefix,
  callerIdPrefix: rule.callerIdPrefix,
  trunkConfig: rule.trunkConfig,
  priority: rule.priority,
  enabled: rule.enabled,
});
