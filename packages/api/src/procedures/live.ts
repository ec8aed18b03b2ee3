/** The stream of live events: resumable by journal id, over as soon as the session is. */
import { tracked, TRPCError } from "@trpc/server";
import { ResyncNeeded } from "../resync-needed.ts";
import { liveEventsInput } from "../schemas/live-event.ts";
import { router, signedInProcedure } from "../trpc.ts";
import { eventFor } from "../who-may-see.ts";

const events = signedInProcedure.input(liveEventsInput).subscription(async function* ({ ctx, input, signal }) {
  const gone = signal ?? new AbortController().signal;
  const sessionEnded = ctx.deps.auth.sessionEnded(ctx.actor.sessionId, gone);
  const over = AbortSignal.any([gone, sessionEnded]);
  try {
    for await (const event of ctx.tenant.liveEvents(input?.lastEventId ?? null, over)) {
      yield tracked(event.id, eventFor(ctx.actor, event));
    }
  } catch (error) {
    if (!(error instanceof ResyncNeeded)) throw error;
    throw new TRPCError({ code: "PRECONDITION_FAILED", message: error.message, cause: error });
  }
  if (sessionEnded.aborted) throw new TRPCError({ code: "UNAUTHORIZED", message: "Your session has ended. Please sign in." });
});

export const liveRouter = router({ events });
