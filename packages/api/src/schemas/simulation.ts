/** A simulated call: who would get it and why, and whom else it met. */
import { simulationInput } from "@switchboard/routing/input/simulation";
import { z } from "zod";
import { reasonSchema } from "./call-words.ts";

export const simulateInput = simulationInput;

/** `unknown`: the live figures do not answer. */
export const healthSchema = z.enum(["healthy", "ejected", "probing", "ramping", "unknown"]);

const candidateSchema = z.object({
  agentId: z.string(),
  name: z.string(),
  /** The group (or the agent itself, where a rule names it) through which it was asked. */
  targetId: z.string(),
  available: z.boolean(),
  why: z.string().optional(),
  activeCalls: z.int(),
  capacity: z.int().nullable(),
  callsInWindow: z.int(),
  /** What it was given to start level with the others when it joined; counts beside its calls. */
  startCredit: z.int(),
  health: healthSchema,
});

export const simulationSchema = z
  .object({
    /** `fallback`: a configured fallback takes the call; `refuse`: nobody, it is rejected or hung up. */
    outcome: z.enum(["dial", "fallback", "refuse"]),
    reason: reasonSchema,
    reasonText: z.string(),
    advice: z.string(),
    /** Redis does not answer: this is what a process decides by itself, without the figures. */
    degraded: z.boolean(),
    rule: z.object({ id: z.string(), pattern: z.string() }).nullable(),
    passedOver: z.array(z.object({ ruleId: z.string(), why: z.string() })),
    agent: z.object({ id: z.string(), name: z.string() }).nullable(),
    trunk: z.string().nullable(),
    /** Credentials masked; its action URL is signed by nobody. */
    cxml: z.string(),
    candidates: z.array(candidateSchema),
  })
  .meta({ id: "Simulation" });
export type Simulation = z.infer<typeof simulationSchema>;
export type Candidate = z.infer<typeof candidateSchema>;
