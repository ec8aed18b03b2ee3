/** Figures and pictures of what goes on; so far, the calls in progress. */
import { rest } from "../rest-route.ts";
import { liveSnapshotSchema } from "../schemas/live-call.ts";
import { noInput, router, signedInProcedure } from "../trpc.ts";
import { numbersFor } from "../who-may-see.ts";

const liveCalls = signedInProcedure
  .meta(rest.get("/analytics/live-calls", "The calls in progress"))
  .input(noInput)
  .output(liveSnapshotSchema)
  .query(async ({ ctx }) => {
    const snapshot = await ctx.tenant.liveCalls();
    return { ...snapshot, calls: snapshot.calls.map((call) => numbersFor(ctx.actor, call)) };
  });

export const analyticsRouter = router({ liveCalls });
