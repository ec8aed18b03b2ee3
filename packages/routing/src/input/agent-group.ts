/** What an operator says of a group of agents. */
import { z } from "zod";
import { agentIdInput, fallbackInput } from "./fallback.ts";
import { textInput } from "./text.ts";
import { capacityInput } from "./voice-agent.ts";

const between = (least: number, most: number) => {
  const words = `Between ${least} and ${most}.`;
  return z.int("A whole number.").min(least, words).max(most, words);
};

const settingsInput = z.strictObject({
  windowHours: between(1, 168).optional(),
  newMemberStart: z.enum(["level", "empty"]).optional(),
  ringSeconds: between(5, 120).optional(),
  maxAttempts: between(1, 10).optional(),
  maxTotalSeconds: between(8, 600).optional(),
  maxCallSeconds: between(60, 14_400).optional(),
});

const memberInput = z.strictObject({
  agentId: agentIdInput,
  position: z.int().min(0).max(100_000).optional(),
  priority: between(1, 1000).default(1),
  weight: between(1, 100).default(1),
  capacity: capacityInput.default(null),
  enabled: z.boolean().default(true),
});

const fields = {
  name: textInput(100),
  strategy: z.enum(["load_balanced", "priority", "round_robin"]),
  settings: settingsInput,
  fallback: fallbackInput,
  /** Their positions, where not given, are their places in this list. */
  members: z.array(memberInput),
};

export const agentGroupInput = z.strictObject({
  ...fields,
  settings: settingsInput.default({}),
  fallback: fallbackInput.default(null),
  members: fields.members.default([]),
});
export type AgentGroupInput = z.input<typeof agentGroupInput>;

/** The fields given are changed, the rest stays; `settings` and `members` are replaced whole. `version` is the one last read. */
export const agentGroupChange = z.strictObject({ ...z.strictObject(fields).partial().shape, version: z.int() });
export type AgentGroupChange = z.input<typeof agentGroupChange>;
