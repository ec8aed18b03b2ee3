/** What the load generator is asked to send, and what it answers: one JSON text in, one out. */
import { z } from "zod";

/** Stands in the request for the call's session, as long as one: the generator puts a new one there each time. */
export const sessionPlaceholder = "SESSION-SESSION-SESSION-SESSION-";

const jobSchema = z.strictObject({
  port: z.int(),
  /** The whole HTTP request. */
  request: z.string(),
  connections: z.int().positive(),
  /** Null: each connection sends its next request when it has its answer. */
  ratePerSecond: z.number().positive().nullable(),
  warmSeconds: z.number().nonnegative(),
  seconds: z.number().positive(),
  /** Null: as many as fit in the time. */
  requests: z.int().positive().nullable(),
});
export type LoadJob = z.output<typeof jobSchema>;

const resultSchema = z.strictObject({
  /** Answered in the measured time. */
  answered: z.int(),
  perSecond: z.number(),
  /** Sent at all, the warm-up included. */
  sent: z.int(),
  /** Answers that were not 200 with a dial in them, and connections lost. */
  failures: z.int(),
  firstFailure: z.string().nullable(),
  latencyMs: z.strictObject({ p50: z.number(), p99: z.number(), max: z.number() }),
});
export type LoadResult = z.output<typeof resultSchema>;

export const parseJob = (text: string): LoadJob => jobSchema.parse(JSON.parse(text));
export const parseResult = (text: string): LoadResult => resultSchema.parse(JSON.parse(text));
