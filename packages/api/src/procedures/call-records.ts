/** Reading call records. */
import { TRPCError } from "@trpc/server";
import {
  callRecordGetInput,
  callRecordListInput,
  callRecordPage,
  callRecordSchema,
  callRecordTotal,
  callRecordTotalInput,
} from "../schemas/call-record.ts";
import { rest } from "../rest-route.ts";
import { router, signedInProcedure } from "../trpc.ts";
import { recordFor } from "../who-may-see.ts";

const list = signedInProcedure
  .meta(rest.get("/call-records", "Call records, the latest first"))
  .input(callRecordListInput)
  .output(callRecordPage)
  .query(async ({ ctx, input }) => {
    const page = await ctx.tenant.callRecords.list(input);
    return { ...page, items: page.items.map((record) => recordFor(ctx.actor, record)) };
  });

const total = signedInProcedure
  .meta(rest.get("/call-records/total", "How many call records there are: counted where they are few, else about"))
  .input(callRecordTotalInput)
  .output(callRecordTotal)
  .query(({ ctx, input }) => ctx.tenant.callRecords.total(input));

const get = signedInProcedure
  .meta(rest.get("/call-records/{id}", "One call record, with its attempts and timeline"))
  .input(callRecordGetInput)
  .output(callRecordSchema)
  .query(async ({ ctx, input }) => {
    const record = await ctx.tenant.callRecords.get(input.id);
    if (record === null) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such call." });
    return recordFor(ctx.actor, record);
  });

export const callRecordsRouter = router({ list, total, get });
