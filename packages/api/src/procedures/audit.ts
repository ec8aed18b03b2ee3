/** Who changed what; and the way back. For admins: what was before may be what somebody hid on purpose. */
import { rest } from "../rest-route.ts";
import { auditListInput, auditPage, restoredSchema } from "../schemas/audit-entry.ts";
import { byId } from "../schemas/paging.ts";
import { adminProcedure, router } from "../trpc.ts";

const list = adminProcedure
  .meta(rest.get("/audit-log", "Changes of configuration, the latest first"))
  .input(auditListInput)
  .output(auditPage)
  .query(({ ctx, input }) => ctx.tenant.auditLog.list(input));

const restore = adminProcedure
  .meta(rest.post("/audit-log/{id}/restore", "Put a thing back to how it was before this entry, as a new change"))
  .input(byId)
  .output(restoredSchema)
  .mutation(async ({ ctx, input }) => {
    const { type, id, notRestored } = await ctx.tenant.auditLog.restore(input.id);
    return { restored: { type, id }, notRestored };
  });

export const auditRouter = router({ list, restore });
