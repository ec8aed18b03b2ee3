/** The people of a tenant: seen and changed by admins. */
import { rest } from "../rest-route.ts";
import { userSchema } from "../schemas/auth.ts";
import { byId, deletedOutput } from "../schemas/paging.ts";
import { userCreateInput, userListInput, userPage, userUpdateInput } from "../schemas/users.ts";
import { adminProcedure, router } from "../trpc.ts";

const list = adminProcedure
  .meta(rest.get("/users", "People by e-mail address"))
  .input(userListInput)
  .output(userPage)
  .query(({ ctx, input }) => ctx.tenant.users.list(input));

const create = adminProcedure
  .meta(rest.creates("/users", "Create a person who may sign in"))
  .input(userCreateInput)
  .output(userSchema)
  .mutation(({ ctx, input }) => ctx.tenant.users.create(input));

const update = adminProcedure
  .meta(rest.put("/users/{id}", "Change the fields given of a person; less rights or a new password sign them out"))
  .input(userUpdateInput)
  .output(userSchema)
  .mutation(({ ctx, input: { id, ...fields } }) => ctx.tenant.users.update(id, fields));

const remove = adminProcedure
  .meta(rest.delete("/users/{id}", "Delete a person, and sign them out"))
  .input(byId)
  .output(deletedOutput)
  .mutation(async ({ ctx, input }) => {
    await ctx.tenant.users.remove(input.id);
    return { id: input.id, deleted: true as const };
  });

export const usersRouter = router({ list, create, update, delete: remove });
