/** The webhook log at the door. */
import { z } from "zod";
import { idInput, page, pagingInput, searchInput } from "./paging.ts";

const kindSchema = z.enum(["voice", "dial_result", "session_update", "cdr"]);

export const webhookEventSchema = z
  .object({
    id: z.string(),
    receivedAt: z.iso.datetime().meta({ description: "Of what was refused: the latest of its minute." }),
    kind: kindSchema,
    callId: z.string().nullable(),
    fields: z
      .record(z.string(), z.union([z.string(), z.number(), z.null()]))
      .meta({ description: "What Cloudonix sent, of the fields that are kept; numbers are masked for the role user." }),
    status: z.int().meta({ description: "The status we answered with.", examples: [200, 204] }),
    tookMs: z.number().nullable().meta({ description: "Milliseconds until we had answered; null while that is not known." }),
    outcome: z.string().meta({ description: "What we answered, in a few words.", examples: ["Dialled an agent"] }),
    refused: z.boolean().meta({ description: "We took nothing of it: what it said is not kept." }),
    times: z.int().meta({ description: "How many there were: what is refused alike within a minute is one." }),
    answer: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: "What was decided for the call; null where the answer was an acknowledgement." }),
  })
  .meta({ id: "WebhookEvent" });

export const webhookEventPage = page(webhookEventSchema);

export const webhookEventListInput = z.strictObject({
  ...pagingInput,
  search: searchInput.describe("A call’s id, or its session."),
  kind: kindSchema.optional(),
  callId: idInput.optional(),
  refused: z.boolean().optional().describe("Only what was refused, or only what was taken."),
  after: z.iso.datetime({ offset: true }).optional().describe("Received at this moment or later."),
  before: z.iso.datetime({ offset: true }).optional().describe("Received before this moment."),
});
