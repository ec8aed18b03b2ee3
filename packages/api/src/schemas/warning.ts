/** What is saved all the same, and yet deserves a second look. */
import { z } from "zod";

export const warningSchema = z
  .object({
    code: z.enum(["shadowed", "duplicate", "target_disabled", "empty_group", "unlisted_provider"]),
    message: z.string(),
    /** The other rule, where there is one. */
    ruleId: z.string().optional(),
  })
  .meta({ id: "Warning" });
export type Warning = z.infer<typeof warningSchema>;

/** Of outbound rules, whose trunks are the platform's to know. */
export const outboundWarningSchema = z
  .object({ ...warningSchema.shape, code: z.enum([...warningSchema.shape.code.options, "unknown_trunk", "unusable_trunk"]) })
  .meta({ id: "OutboundWarning" });
export type OutboundWarning = z.infer<typeof outboundWarningSchema>;
