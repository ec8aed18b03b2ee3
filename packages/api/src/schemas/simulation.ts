/** A simulated call: who would get it and why, and whom else it met. */
import { simulationInput } from "@switchboard/routing/input/simulation";
import { z } from "zod";
import { fallbackSchema, reasonSchema } from "./call-words.ts";

export const simulateInput = simulationInput;

/** `unknown`: the live figures do not answer. */
export const healthSchema = z.enum(["healthy", "ejected", "probing", "ramping", "unknown"]);

const candidateSchema = z.object({
  agentId: z.string(),
  name: z.string(),
  /** The group (or the agent itself, where a rule names it) through which it was asked. */
  targetId: z.string(),
  targetName: z.string(),
  available: z.boolean(),
  why: z.string().optional(),
  activeCalls: z.int(),
  capacity: z.int().nullable(),
  callsInWindow: z.int(),
  /** What it was given to start level with the others when it joined; counts beside its calls. */
  startCredit: z.int(),
  health: healthSchema,
});

/** What of a rule explains why it did or did not take the call. */
export const seenRule = {
  called: z.string().nullable().meta({ description: "An inbound rule’s pattern, an outbound rule’s prefix or country; null: any number." }),
  caller: z.string().nullable(),
  priority: z.int(),
  enabled: z.boolean(),
  place: z.string().meta({ description: "Sorted by it, rules stand in the order in which calls try them." }),
  target: z.object({ type: z.enum(["voice_agent", "agent_group"]), id: z.string(), name: z.string() }).nullable(),
  trunks: z.array(z.string()),
};
const seenRuleSchema = z.object(seenRule);
export type SeenRule = z.infer<typeof seenRuleSchema>;

export const simulationSchema = z
  .object({
    /** `fallback`: a configured fallback takes the call; `refuse`: nobody, it is rejected or hung up. */
    outcome: z.enum(["dial", "fallback", "refuse"]),
    reason: reasonSchema,
    reasonText: z.string(),
    advice: z.string(),
    /** Redis does not answer: this is what a process decides by itself, without the figures. */
    degraded: z.boolean(),
    rule: z.object({ id: z.string(), pattern: z.string(), ...seenRule }).nullable(),
    passedOver: z.array(z.object({ ruleId: z.string(), why: z.string(), ...seenRule })),
    /** The one that took the call, where `outcome` says so. */
    fallback: fallbackSchema,
    agent: z.object({ id: z.string(), name: z.string() }).nullable(),
    trunk: z.string().nullable(),
    /** Credentials masked; its action URL is signed by nobody. */
    cxml: z.string(),
    candidates: z.array(candidateSchema),
  })
  .meta({ id: "Simulation" });
export type Simulation = z.infer<typeof simulationSchema>;
export type Candidate = z.infer<typeof candidateSchema>;
