/** The tenant's domain at Cloudonix, at the door: does the key work, what would be set there, what was, and the trunks known there. */
import { tenantChange } from "@switchboard/routing/input/tenant";
import { z } from "zod";

/** Not given: the key that is stored. */
export const cloudonixVerifyInput = z.strictObject({ cloudonixKey: tenantChange.shape.cloudonixKey.unwrap().unwrap().optional() });
export type CloudonixVerifyInput = z.output<typeof cloudonixVerifyInput>;

export const cloudonixVerificationSchema = z
  .object({
    works: z.boolean(),
    domain: z.string(),
    failure: z.string().nullable().meta({ description: "The kind of failure, such as unauthorised, forbidden, not_found or timeout." }),
    words: z.string().meta({ description: "What was found and, where it does not work, what to do." }),
    warnings: z.array(z.string()),
  })
  .meta({ id: "CloudonixVerification" });
export type CloudonixVerification = z.infer<typeof cloudonixVerificationSchema>;

const makeDefault = z
  .boolean()
  .meta({ description: "Whether the application is to get the calls that no number of the domain leads elsewhere." });

export const cloudonixPlanInput = z.strictObject({ makeDefault: makeDefault.default(false) });
export type CloudonixPlanInput = z.output<typeof cloudonixPlanInput>;

const name = z.string().meta({ examples: ["application", "authorization-api-key", "session-update-endpoint"] });
const before = z.string().nullable().meta({ description: "As it is at Cloudonix, secrets masked; null: not set." });
const after = z.string().nullable().meta({ description: "As Switchboard needs it, secrets masked." });

export const cloudonixPlanSchema = z
  .object({
    domain: z.string(),
    settings: z.array(z.object({ name, before, after: z.string(), isSame: z.boolean() })),
    changes: z.int().meta({ description: "How many of them would change." }),
    warnings: z.array(z.string()),
    fingerprint: z.string().meta({ description: "Names this plan when it is applied." }),
  })
  .meta({ id: "CloudonixPlan" });
export type CloudonixPlan = z.infer<typeof cloudonixPlanSchema>;

export const cloudonixApplyInput = z.strictObject({
  fingerprint: z.string().min(1).max(100),
  makeDefault: makeDefault.default(false),
});
export type CloudonixApplyInput = z.output<typeof cloudonixApplyInput>;

const stepSchema = z.object({
  step: z.string().meta({ examples: ["token", "new-application", "profile", "application", "default-application", "check"] }),
  state: z.enum(["open", "done", "not_needed", "failed"]),
  words: z.string().nullable().meta({ description: "Why it failed, or what is left to do." }),
});

export const cloudonixOutcomeSchema = z
  .object({
    isComplete: z.boolean().meta({ description: "False: the step that failed says why; a new plan shows what is left." }),
    steps: z.array(stepSchema),
  })
  .meta({ id: "CloudonixOutcome" });
export type CloudonixOutcome = z.infer<typeof cloudonixOutcomeSchema>;

export const cloudonixStatusSchema = z
  .object({
    domain: z.string(),
    hasCloudonixKey: z.boolean(),
    publicUrl: z.string(),
    publicUrlWarning: z.string().nullable().meta({ description: "Why Cloudonix could not reach that address, by its looks." }),
    state: z.enum(["never", "applying", "connected", "undoing", "undone"]),
    connectedDomain: z.string().nullable(),
    isBusy: z.boolean().meta({ description: "Somebody is changing it right now." }),
    isDefault: z.boolean(),
    steps: z.array(stepSchema).meta({ description: "How far the last change came." }),
    changedAt: z.iso.datetime().nullable(),
    canUndo: z.boolean(),
    checkedAt: z.iso.datetime().nullable().meta({ description: "When it was last compared with Cloudonix." }),
    checkFailure: z.string().nullable(),
    drift: z.array(z.object({ name, before, after })).meta({ description: "What is set otherwise at Cloudonix since." }),
    driftSince: z.iso.datetime().nullable(),
  })
  .meta({ id: "CloudonixStatus" });
export type CloudonixStatus = z.infer<typeof cloudonixStatusSchema>;

export const trunkListSchema = z
  .object({
    items: z.array(
      z
        .object({
          id: z.string(),
          name: z.string(),
          direction: z
            .string()
            .nullable()
            .meta({ examples: ["outbound", "public-outbound", "inbound"] }),
          isActive: z.boolean(),
          transport: z.string().nullable(),
          address: z.string().nullable(),
        })
        .meta({ id: "Trunk" }),
    ),
    nextCursor: z.null(),
    readAt: z.iso.datetime().nullable().meta({ description: "When Cloudonix told these; null: never." }),
    failure: z.string().nullable().meta({ description: "Why there are no newer ones, in words; null: these are at most a minute old." }),
  })
  .meta({ id: "TrunkList" });
export type TrunkList = z.infer<typeof trunkListSchema>;
