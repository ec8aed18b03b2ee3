/** The tenant's domain at Cloudonix, at the door: does the key work, what would be set there, and what was. */
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
