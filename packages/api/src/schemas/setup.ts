/** What the first set-up takes and gives. */
import { newTenantInput } from "@switchboard/routing/input/tenant";
import { z } from "zod";
import { loginOutput } from "./auth.ts";
import { webhooksSchema } from "./tenant.ts";

export const setupNeededOutput = z.object({ needed: z.boolean() });

const { domain, name, email, password, country } = newTenantInput.shape;
export const setupInput = z.strictObject({
  setupToken: z.string().min(1, "Enter the set-up token.").max(200),
  ...{ domain, name, email, password, country },
});

/** What login answers, and what is shown this once. */
export const setupOutput = z.object({
  ...loginOutput.shape,
  domain: z.string(),
  tenantKey: z.string(),
  webhookToken: z.string(),
  webhooks: webhooksSchema,
});
