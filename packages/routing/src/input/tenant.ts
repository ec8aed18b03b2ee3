/** What is said of a new tenant and of its first admin. */
import { z } from "zod";
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

export const newTenantInput = z.strictObject({
  domain: domainInput,
  aliases: z.array(domainInput).max(50).default([]),
  /** The domain where none is given. */
  name: textInput(100).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "Two letters such as GB.")
    .nullable()
    .default(null),
  maxConcurrentCalls: z.int().min(0).max(1_000_000).nullable().default(null),
  email: emailInput,
  password: z.string(),
});
export type NewTenantInput = z.input<typeof newTenantInput>;
