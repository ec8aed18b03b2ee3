/** Figures and pictures of what goes on; so far, the calls in progress. */
import { liveSnapshotSchema } from "../schemas/live-call.ts";
import { router, signedInProcedure } from "../trpc.ts";
import { numbersFor } from "../who-may-see.ts";

const liveCalls = signedInProcedure.output(liveSnapshotSchema).query(async ({ ctx }) => {
  const snapshot = await ctx.tenant.liveCalls();
  return { ...snapshot, calls: snapshot.calls.map((call) => numbersFor(ctx.actor, call)) };
});

export const analyticsRouter = router({ liveCalls });
