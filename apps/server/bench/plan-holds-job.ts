/** What a process that measures plans is asked, and what it answers: one JSON text in, one out. */
import { z } from "zod";

const jobSchema = z.strictObject({ databaseUrl: z.string(), keyRing: z.string(), tenant: z.string(), directory: z.string() });
export type HoldsJob = z.output<typeof jobSchema>;

/** Milliseconds the event loop was held at the longest: by the clock, and without the time in which others had the processor. */
const holdSchema = z.strictObject({ wall: z.number(), own: z.number() });
export type Hold = z.output<typeof holdSchema>;

const holdsSchema = z.strictObject({
  /** While nothing was done: what the machine itself takes away. */
  idle: holdSchema,
  /** While the rules were read for the first time. */
  first: holdSchema,
  /** While a plan was compiled of them. */
  compiled: holdSchema,
  /** While all was read and compiled after a change of agents. */
  agentEdited: holdSchema,
  /** The same after a change of 5,000 rules. */
  manyChanged: holdSchema,
  /** While the plan was sealed on disk. */
  sealed: holdSchema,
  /** While the sealed plan was read from disk. */
  unsealed: holdSchema,
});
export type Holds = z.output<typeof holdsSchema>;

export const parseHoldsJob = (text: string): HoldsJob => jobSchema.parse(JSON.parse(text));
export const parseHolds = (text: string): Holds => holdsSchema.parse(JSON.parse(text));
