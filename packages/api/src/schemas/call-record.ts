/** Call records: the filters a list takes, and what one record says. */
import { z } from "zod";
import { callOutcomes } from "./call-lists.ts";
import { callStateSchema, callStatusSchema, directionSchema, fallbackSchema, reasonSchema } from "./call-words.ts";
import { page, pagingInput, searchInput } from "./paging.ts";

/** What a list, its total and an export are narrowed down by. */
export const callRecordFilters = {
  search: searchInput.describe(
    "The beginning or the last digits of either number in any writing (`…4567`: the last digits alone), a call’s id or session, or a part of an agent’s name.",
  ),
  from: z.string().max(64).optional(),
  to: z.string().max(64).optional(),
  number: z.string().max(64).optional().describe("Of either side."),
  status: callStatusSchema.optional(),
  reason: reasonSchema.optional(),
  direction: directionSchema.optional(),
  agentId: z.string().max(64).optional().describe("That any attempt dialled."),
  groupId: z.string().max(64).optional(),
  ruleId: z.string().max(64).optional(),
  provider: z.string().max(64).optional().describe("Calls for which an agent of this provider was dialled."),
  test: z.boolean().optional().describe("Test calls alone, or none of them."),
  outcome: z
    .enum(callOutcomes)
    .optional()
    .describe("Answered, or not; dialled more than once; taken by a fallback: what the summary counts."),
  startedAfter: z.iso.datetime({ offset: true }).optional(),
  startedBefore: z.iso.datetime({ offset: true }).optional(),
};

/** Throws nothing: the issue names the later of the two. */
export const startsBeforeItEnds = ({
  value,
  issues,
}: z.core.ParsePayload<{ startedAfter?: string | undefined; startedBefore?: string | undefined }>): void => {
  const { startedAfter, startedBefore } = value;
  if (startedAfter === undefined || startedBefore === undefined || Date.parse(startedAfter) <= Date.parse(startedBefore)) return;
  issues.push({
    code: "custom",
    path: ["startedBefore"],
    message: "This is before startedAfter: no call can have begun then.",
    input: startedBefore,
  });
};

export const callRecordListInput = z.strictObject({ ...pagingInput, ...callRecordFilters }).check(startsBeforeItEnds);
export type CallRecordQuery = z.infer<typeof callRecordListInput>;

export const callRecordTotalInput = z.strictObject(callRecordFilters).check(startsBeforeItEnds);

export type CallRecordFilters = z.infer<typeof callRecordTotalInput>;

export const callRecordTotal = z
  .object({
    count: z.int(),
    precision: z.enum(["exact", "estimate", "at_least"]).meta({
      description: "`estimate`: about so many; `at_least`: so many are among the latest, and it was not looked further.",
    }),
  })
  .meta({ id: "CallRecordTotal" });
export type CallRecordTotal = z.infer<typeof callRecordTotal>;

export const callRecordGetInput = z.strictObject({ id: z.string().min(1).max(64) });

const attemptSchema = z.object({
  step: z.int(),
  agentId: z.string().nullable(),
  agentName: z.string().nullable(),
  trunk: z.string().nullable(),
  result: z.string().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});

const timelineEntrySchema = z.object({ at: z.iso.datetime(), type: z.string(), detail: z.unknown().optional() });
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const callRecordSchema = z
  .object({
    id: z.string(),
    session: z.string(),
    direction: directionSchema,
    from: z.string(),
    to: z.string(),
    status: callStatusSchema,
    state: callStateSchema,
    reason: reasonSchema,
    reasonText: z.string(),
    degraded: z.boolean(),
    fallbackUsed: fallbackSchema,
    test: z.boolean(),
    ruleId: z.string().nullable(),
    rulePattern: z.string().nullable().meta({ description: "What the rule matches; null where it is gone." }),
    groupId: z.string().nullable(),
    groupName: z.string().nullable(),
    agentId: z.string().nullable(),
    agentName: z.string().nullable(),
    startedAt: z.iso.datetime(),
    answeredAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    ringSeconds: z.number().nullable(),
    durationSeconds: z.number().nullable(),
    attempts: z.array(attemptSchema).optional(),
    timeline: z.array(timelineEntrySchema).optional(),
  })
  .meta({ id: "CallRecord" });
export type CallRecord = z.infer<typeof callRecordSchema>;

export const callRecordPage = page(callRecordSchema);
export type CallRecordPage = z.infer<typeof callRecordPage>;
