/** Reading call records, and taking them along. */
import { TRPCError } from "@trpc/server";
import {
  callRecordGetInput,
  callRecordListInput,
  callRecordPage,
  callRecordSchema,
  callRecordTotal,
  callRecordTotalInput,
} from "../schemas/call-record.ts";
import { exportInput, exportedOutput } from "../schemas/export.ts";
import { callDecisionSchema } from "../schemas/call-decision.ts";
import { decisionFor } from "../simulation-for.ts";
import { rest } from "../rest-route.ts";
import { adminProcedure, router, signedInProcedure } from "../trpc.ts";
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

const order = adminProcedure
  .meta(rest.creates("/call-records/export", "Write the calls that match to a file, in the background"))
  .input(exportInput)
  .output(exportedOutput)
  .mutation(async ({ ctx, input: { format, columns, timeZone, byteOrderMark, ...filters } }) => {
    const { id } = await ctx.tenant.exports.create({ format, columns, timeZone, byteOrderMark, filters });
    return { exportId: id };
  });

const decision = signedInProcedure
  .meta(rest.get("/call-records/{id}/decision", "What a call met when it was decided, as far as it is known"))
  .input(callRecordGetInput)
  .output(callDecisionSchema)
  .query(async ({ ctx, input }) => {
    const found = await ctx.tenant.callDecision(input.id);
    if (found === null) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such call." });
    return decisionFor(ctx.actor, found);
  });

export const callRecordsRouter = router({ list, total, get, decision, export: order });
