/** What decided a call that is over, as far as it is known afterwards. */
import { z } from "zod";
import { seenRule } from "./simulation.ts";

export const callDecisionSchema = z
  .object({
    configuration: z.object({
      version: z.int().nullable().meta({ description: "In force when the call came; null: older than what is written down of changes." }),
      current: z.int(),
      isUnchanged: z.boolean().meta({ description: "Only then is known what the call met; never is it made up from another version." }),
      changedAt: z.iso.datetime().nullable().meta({ description: "The first change after it." }),
    }),
    passedOver: z
      .array(z.object({ ruleId: z.string(), why: z.string(), ...seenRule }))
      .nullable()
      .meta({ description: "Null: the configuration has changed since." }),
    candidates: z
      .array(
        z.object({
          agentId: z.string(),
          name: z.string(),
          capacity: z.int().nullable(),
          enabled: z.boolean(),
          step: z.int().nullable().meta({ description: "The step that dialled it; null: it was not dialled." }),
          result: z.string().nullable(),
        }),
      )
      .nullable()
      .meta({ description: "Who the call could have gone to. How busy and how healthy each was then is not recorded." }),
  })
  .meta({ id: "CallDecision" });
export type CallDecision = z.infer<typeof callDecisionSchema>;
