/** Reading call records. */
import { TRPCError } from "@trpc/server";
import { callRecordGetInput, callRecordListInput, callRecordPage, callRecordSchema } from "../schemas/call-record.ts";
import { router, signedInProcedure } from "../trpc.ts";
import { numbersFor } from "../who-may-see.ts";

const list = signedInProcedure
  .input(callRecordListInput)
  .output(callRecordPage)
  .query(async ({ ctx, input }) => {
    const page = await ctx.tenant.callRecords.list(input);
    return { ...page, items: page.items.map((record) => numbersFor(ctx.actor, record)) };
  });

const get = signedInProcedure
  .input(callRecordGetInput)
  .output(callRecordSchema)
  .query(async ({ ctx, input }) => {
    const record = await ctx.tenant.callRecords.get(input.id);
    if (record === null) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such call." });
    return numbersFor(ctx.actor, record);
  });

export const callRecordsRouter = router({ list, get });
