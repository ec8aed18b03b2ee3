/** Exports of call records: how far they are, and how they are taken along. The file itself is not a procedure's answer: it has an address of its own. */
import { rest } from "../rest-route.ts";
import { downloadTicketSchema, exportListInput, exportPage, exportSchema } from "../schemas/export.ts";
import { byId } from "../schemas/paging.ts";
import { adminProcedure, router } from "../trpc.ts";

const list = adminProcedure
  .meta(rest.get("/exports", "Exports, the latest first; kept for a week"))
  .input(exportListInput)
  .output(exportPage)
  .query(({ ctx, input }) => ctx.tenant.exports.list(input));

const get = adminProcedure
  .meta(rest.get("/exports/{id}", "One export, and how far it is"))
  .input(byId)
  .output(exportSchema)
  .query(({ ctx, input }) => ctx.tenant.exports.get(input.id));

const cancel = adminProcedure
  .meta(rest.delete("/exports/{id}", "Cancel an export that is being written; remove the file of one that is ready"))
  .input(byId)
  .output(exportSchema)
  .mutation(({ ctx, input }) => ctx.tenant.exports.cancel(input.id));

const ticket = adminProcedure
  .meta(rest.creates("/exports/{id}/ticket", "An address that downloads the file once, within a minute, without a token"))
  .input(byId)
  .output(downloadTicketSchema)
  .mutation(({ ctx, input }) => ctx.tenant.exports.ticket(input.id));

export const exportsRouter = router({ list, get, cancel, ticket });
