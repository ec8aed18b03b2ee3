/** What deserves an operator's attention now. */
import { z } from "zod";
import { warningSchema } from "./warning.ts";

const ruleKinds = z.templateLiteral(["rule_", warningSchema.shape.code]);

const attentionItemSchema = z
  .object({
    kind: z.union([
      z.enum([
        "agent_ejected",
        "agent_probing",
        "agent_near_capacity",
        "tenant_near_capacity",
        "webhooks_refused",
        "cloudonix_drift",
        "rule_never_hit",
      ]),
      ruleKinds,
    ]),
    words: z.string(),
    agentId: z.string().nullable(),
    ruleId: z.string().nullable(),
    otherRuleId: z.string().nullable().meta({ description: "The rule that is in the way." }),
    since: z.iso.datetime().nullable().meta({ description: "Null: that is not known." }),
    nextTryAt: z.iso.datetime().nullable().meta({ description: "When an ejected agent may have a call again." }),
  })
  .meta({ id: "AttentionItem" });
export type AttentionItem = z.infer<typeof attentionItemSchema>;

export const attentionSchema = z
  .object({
    items: z.array(attentionItemSchema).max(50).meta({ description: "The most urgent first." }),
    nextCursor: z.null(),
    hasMore: z.boolean().meta({ description: "There is more of it than is told." }),
    quietSince: z.iso
      .datetime()
      .nullable()
      .meta({ description: "Where there is nothing: when an agent’s health or the configuration changed last." }),
    delayed: z.boolean().meta({ description: "The live figures do not answer: agents are not in the list." }),
  })
  .meta({ id: "Attention" });
export type Attention = z.infer<typeof attentionSchema>;
