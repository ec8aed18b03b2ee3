/** Figures and pictures of what goes on, and of what has been. */
import { rest } from "../rest-route.ts";
import { liveSnapshotSchema } from "../schemas/live-call.ts";
import { summaryInput, summarySchema } from "../schemas/summary.ts";
import { noInput, router, signedInProcedure } from "../trpc.ts";
import { callFor, patternFor } from "../who-may-see.ts";

const liveCalls = signedInProcedure
  .meta(rest.get("/analytics/live-calls", "The calls in progress"))
  .input(noInput)
  .output(liveSnapshotSchema)
  .query(async ({ ctx }) => {
    const snapshot = await ctx.tenant.liveCalls();
    return { ...snapshot, calls: snapshot.calls.map((call) => callFor(ctx.actor, call)) };
  });

const summary = signedInProcedure
  .meta(rest.get("/analytics/summary", "How many calls there were, and how they went"))
  .input(summaryInput)
  .output(summarySchema)
  .query(async ({ ctx, input }) => {
    const figures = await ctx.tenant.analytics.summary(input);
    return { ...figures, byRule: figures.byRule.map((rule) => ({ ...rule, name: patternFor(ctx.actor, rule.name) })) };
  });

export const analyticsRouter = router({ liveCalls, summary });
