/** What an admin says of a person who may sign in, and what a person says of their own password. */
import { z } from "zod";
import { emailInput } from "./tenant.ts";
import { textInput } from "./text.ts";

const fields = {
  email: emailInput,
  name: textInput(100).nullable(),
  password: z.string(),
  role: z.enum(["admin", "user"]),
  enabled: z.boolean(),
};

export const newUserInput = z.strictObject({
  email: fields.email,
  name: fields.name.default(null),
  password: fields.password,
  role: fields.role,
});
export type NewUserInput = z.input<typeof newUserInput>;

/** The fields given are changed, the rest stays. `version` is the one last read. */
export const userChange = z.strictObject({ ...z.strictObject(fields).partial().shape, version: z.int() });
export type UserChange = z.input<typeof userChange>;

export const passwordChange = z.strictObject({
  currentPassword: z.string().min(1, "Enter your current password.").max(400),
  newPassword: z.string(),
});
export type PasswordChange = z.input<typeof passwordChange>;
