/** What signing in takes and gives. */
import { z } from "zod";

export const roles = ["admin", "user"] as const;

export const userSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string().nullable(),
    role: z.enum(roles),
    enabled: z.boolean(),
    version: z.int(),
  })
  .meta({ id: "User" });
export type User = z.infer<typeof userSchema>;

export const loginInput = z.strictObject({
  email: z.string().trim().min(1, "Enter your e-mail address.").max(254),
  password: z.string().min(1, "Enter your password.").max(200),
});
export type LoginInput = z.infer<typeof loginInput>;

export const loginOutput = z.object({
  accessToken: z.string(),
  tokenType: z.literal("Bearer"),
  expiresInSeconds: z.int(),
  user: userSchema,
});

export const logoutOutput = z.object({ ended: z.literal(true) });

export const passwordOutput = z.object({ changed: z.literal(true) });
