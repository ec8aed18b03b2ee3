/** People at the door: what lists take and what changes them. */
import { newUserInput, userChange } from "@switchboard/routing/input/user";
import { z } from "zod";
import { roles, userSchema } from "./auth.ts";
import { idInput, page, pagingInput, searchInput } from "./paging.ts";

export const userPage = page(userSchema);

export const userListInput = z.strictObject({
  ...pagingInput,
  search: searchInput,
  role: z.enum(roles).optional(),
  enabled: z.boolean().optional(),
});

export const userCreateInput = newUserInput;
export const userUpdateInput = z.strictObject({ id: idInput, ...userChange.shape });
