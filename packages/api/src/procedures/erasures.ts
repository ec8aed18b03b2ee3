/** Erasing a number from all that is kept, and the receipts of it: for admins. */
import { rest } from "../rest-route.ts";
import { erasureCreateInput, erasureListInput, erasurePage, erasureSchema } from "../schemas/erasure.ts";
import { byId } from "../schemas/paging.ts";
import { adminProcedure, router } from "../trpc.ts";

const list = adminProcedure
  .meta(rest.get("/erasures", "Numbers that were erased, the latest first"))
  .input(erasureListInput)
  .output(erasurePage)
  .query(({ ctx, input }) => ctx.tenant.erasures.list(input));

const get = adminProcedure
  .meta(rest.get("/erasures/{id}", "How far an erasure has come, and what it changed"))
  .input(byId)
  .output(erasureSchema)
  .query(({ ctx, input }) => ctx.tenant.erasures.get(input.id));

const create = adminProcedure
  .meta(rest.creates("/erasures", "Erase a number from calls, webhooks, logs and all else that is kept; figures stay as they are"))
  .input(erasureCreateInput)
  .output(erasureSchema)
  .mutation(({ ctx, input }) => ctx.tenant.erasures.create(input));

export const erasuresRouter = router({ list, get, create });
