/** What an admin says of a person who may sign in. */
import { z } from "zod";
import { emailInput } from "./tenant.ts";
import { textInput } from "./text.ts";

export const newUserInput = z.strictObject({
  email: emailInput,
  name: textInput(100).nullable().default(null),
  password: z.string(),
  role: z.enum(["admin", "user"]),
});
export type NewUserInput = z.input<typeof newUserInput>;
