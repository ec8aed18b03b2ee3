/** What a form holds of the outbound policy: the deny list as lines of text. */
import { outboundPolicyChange } from "@switchboard/routing/input/outbound-policy";
import { parsePrefix } from "@switchboard/routing/pattern";
import { z } from "zod";
import type { OutboundPolicy } from "../../api/answers.ts";
import type { FieldInWords } from "../../forms/differences.ts";

const { deny, maxConcurrent, maxPerMinute } = outboundPolicyChange.omit({ version: true }).required().shape;

export type PolicyValues = { deny: string; maxConcurrent: number | null; maxPerMinute: number | null };

export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

export const policyForm = (country: string | null) => {
  const readable = z.string().transform((text, context) => {
    for (const line of linesOf(text)) {
      const parsed = parsePrefix(line, country);
      if (!parsed.ok) context.addIssue(parsed.message);
    }
    return linesOf(text);
  });
  return z.strictObject({ deny: readable.pipe(deny), maxConcurrent, maxPerMinute });
};

export const policyValuesOf = (policy: Omit<OutboundPolicy, "version">): PolicyValues => ({
  deny: policy.deny.join("\n"),
  maxConcurrent: policy.maxConcurrent,
  maxPerMinute: policy.maxPerMinute,
});

export const limitWords = (limit: number | null, unit: string): string => {
  if (limit === null) return "No limit";
  return limit === 0 ? "None: every call out is rejected" : `${limit} ${unit}`;
};

/** For where two people changed them at once. */
export const policyFields: readonly FieldInWords<PolicyValues>[] = [
  { name: "deny", label: "Denied", say: (values) => linesOf(values.deny).join(", ") || "nothing" },
  { name: "maxConcurrent", label: "Calls out at once", say: (values) => limitWords(values.maxConcurrent, "at once") },
  { name: "maxPerMinute", label: "New calls out a minute", say: (values) => limitWords(values.maxPerMinute, "a minute") },
];
