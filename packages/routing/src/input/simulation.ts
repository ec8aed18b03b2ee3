/** What an operator asks of a call that nobody makes: from, to, and rules and groups that are not saved yet. */
import { z } from "zod";
import { agentGroupInput } from "./agent-group.ts";
import { inboundRuleInput, outboundRuleInput } from "./routing-rule.ts";

/** Of the thing that the draft is to replace, or a name for a new one that other drafts can refer to. */
const draftId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "Letters, digits, _ and - only.");

const manyOf = <Draft extends z.ZodType>(draft: Draft) => z.array(draft).max(50, "At most 50 drafts.").default([]);
const named = { id: draftId.optional() };

export const simulationDraft = z.strictObject({
  inboundRules: manyOf(z.strictObject({ ...inboundRuleInput.shape, ...named })),
  outboundRules: manyOf(z.strictObject({ ...outboundRuleInput.shape, ...named })),
  groups: manyOf(z.strictObject({ ...agentGroupInput.shape, ...named })),
});
export type SimulationDraft = z.output<typeof simulationDraft>;

export const simulationInput = z.strictObject({
  /** Empty: withheld. */
  from: z.string().trim().max(255),
  to: z.string().trim().min(1, "Say which number is called.").max(255),
  direction: z.enum(["inbound", "outbound"]).default("inbound"),
  draft: simulationDraft.optional(),
});
export type SimulationInput = z.output<typeof simulationInput>;
