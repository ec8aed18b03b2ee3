/** What signing in gives, read with the small form of zod: it is needed before the first page is there. */
import type { loginOutput, User } from "@switchboard/api/schemas/auth";
import { z } from "zod/mini";

export type SignIn = z.infer<typeof loginOutput>;

export const userShape: z.ZodMiniType<User> = z.object({
  id: z.string(),
  email: z.string(),
  name: z.nullable(z.string()),
  role: z.enum(["admin", "user"]),
  enabled: z.boolean(),
  version: z.int(),
});

export const signInShape: z.ZodMiniType<SignIn> = z.object({
  accessToken: z.string(),
  tokenType: z.literal("Bearer"),
  expiresInSeconds: z.int(),
  user: userShape,
});
