/** What is said of a new tenant and of its first admin, and what an admin may change of it. */
import { z } from "zod";
import { fallbackInput } from "./fallback.ts";
import { textInput } from "./text.ts";

/** A Cloudonix domain: lower case, without a dot at its end. */
export const domainInput = z
  .string()
  .trim()
  .toLowerCase()
  .transform((domain) => domain.replace(/\.$/, ""))
  .pipe(
    z
      .string()
      .max(253)
      .regex(/^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/, "Write a domain such as acme.cloudonix.net."),
  );

export const emailInput = z.string().trim().toLowerCase().max(254).pipe(z.email("Write an e-mail address such as ada@example.com."));

const fields = {
  name: textInput(100),
  domain: domainInput,
  aliases: z.array(domainInput).max(50, "At most 50 aliases."),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "Two letters such as GB.")
    .nullable(),
  maxConcurrentCalls: z.int().min(0).max(1_000_000).nullable(),
};

const dayWords = "Between 1 and 365 days.";
const monthWords = "Between 1 and 120 months.";

/** How long what has happened is kept; figures are kept whatever stands here. */
const retention = {
  /** Webhooks as they arrived, what was answered, and what could not be stored. */
  payloadDays: z.int(dayWords).min(1, dayWords).max(365, dayWords),
  /** Call records with their attempts and timelines. */
  recordMonths: z.int(monthWords).min(1, monthWords).max(120, monthWords),
};

export const newTenantInput = z.strictObject({
  domain: fields.domain,
  aliases: fields.aliases.default([]),
  /** The domain where none is given. */
  name: fields.name.optional(),
  country: fields.country.default(null),
  maxConcurrentCalls: fields.maxConcurrentCalls.default(null),
  email: emailInput,
  password: z.string(),
});
export type NewTenantInput = z.input<typeof newTenantInput>;

/** The fields given are changed, the rest stays. `version` is the one last read. */
export const tenantChange = z.strictObject({
  ...z
    .strictObject({
      ...fields,
      ...retention,
      fallback: fallbackInput,
      /** Null takes it away. */
      cloudonixKey: textInput(512).nullable(),
    })
    .partial().shape,
  version: z.int(),
});
export type TenantChange = z.input<typeof tenantChange>;
