/** Figures of a stretch of time: what is asked, and what is told. */
import { z } from "zod";
import { callStatuses } from "./call-lists.ts";
import { reasonSchema } from "./call-words.ts";

const intervalSchema = z.enum(["minute", "hour", "day"]);

export const summaryInput = z.strictObject({
  from: z.iso.datetime({ offset: true }).optional().describe("Calls that began then or later; a day before `to` when it isn’t given."),
  to: z.iso.datetime({ offset: true }).optional().describe("Calls that began before; now when it isn’t given, and at most."),
  interval: intervalSchema
    .optional()
    .describe("Of the series. Minutes are kept for 48 hours, hours for 13 months, days for ever; at most 3,000 points."),
});

const count = z.int();

export const sliceSchema = z
  .object({ id: z.string(), name: z.string(), calls: count, answered: count, averageDurationSeconds: z.number() })
  .meta({ id: "Slice", description: "One agent, group, rule or provider; of agents and providers `calls` are dials." });
export type Slice = z.infer<typeof sliceSchema>;

const percentilesSchema = z.object({ p50: z.number(), p95: z.number(), p99: z.number() });
const slices = z.array(sliceSchema).describe("The largest first, at most 100.");

export const summarySchema = z
  .object({
    from: z.iso.datetime().describe("What was asked for, widened to what is kept."),
    to: z.iso.datetime(),
    interval: intervalSchema,
    totals: z.object({ calls: count, answered: count, failedOver: count, fallback: count }),
    byStatus: z.partialRecord(z.enum(callStatuses), count),
    byReason: z.partialRecord(reasonSchema, count),
    byAgent: slices,
    byGroup: slices,
    byRule: slices,
    byProvider: slices,
    series: z.array(z.object({ at: z.iso.datetime(), calls: count, answered: count, averageDurationSeconds: z.number() })),
    answerSeizureRatio: z.number(),
    averageDurationSeconds: z.number().describe("Over answered calls."),
    failoverRate: z.number(),
    fallbackRate: z.number(),
    decisionMs: percentilesSchema.describe("From a call’s first request to its decision."),
    ringSeconds: percentilesSchema.describe("Of answered calls."),
  })
  .meta({ id: "Summary", description: "Test calls are in no figure." });
export type Summary = z.infer<typeof summarySchema>;
