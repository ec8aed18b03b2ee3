/** The tenant at the door: its settings, never its secrets but to those who may see them. */
import { tenantChange } from "@switchboard/routing/input/tenant";
import { z } from "zod";
import { fallbackSchema } from "./call-words.ts";

export const webhooksSchema = z
  .object({ voiceApplication: z.string(), sessionUpdate: z.string(), cdr: z.string() })
  .meta({ id: "Webhooks", description: "The addresses for Cloudonix; the last part of each is the tenant’s key." });
export type Webhooks = z.infer<typeof webhooksSchema>;

export const tenantSchema = z
  .object({
    name: z.string(),
    domain: z.string().meta({ examples: ["acme.cloudonix.net"] }),
    aliases: z.array(z.string()),
    country: z
      .string()
      .nullable()
      .meta({ description: "ISO 3166: where numbers written without a country code belong.", examples: ["GB"] }),
    tenantKey: z.string().meta({ description: "The secret in the webhooks’ addresses; masked for the role user." }),
    fallback: fallbackSchema,
    maxConcurrentCalls: z.int().nullable(),
    payloadDays: z.int().meta({ description: "How long webhooks are kept as they arrived." }),
    recordMonths: z.int().meta({ description: "How long call records are kept; figures are kept for ever." }),
    hasCloudonixKey: z.boolean(),
    webhooks: webhooksSchema,
    version: z.int(),
  })
  .meta({ id: "Tenant" });

export const tenantUpdateInput = tenantChange;

const previousValidUntil = z.iso.datetime().meta({ description: "Until when the one it replaces still works." });

export const newWebhookTokenSchema = z.object({
  webhookToken: z.string().meta({ description: "Shown here once and kept nowhere." }),
  previousValidUntil,
});

export const newWebhookKeySchema = z.object({ tenantKey: z.string(), webhooks: webhooksSchema, previousValidUntil });
