/** The stream of live events: resumable by journal id, over as soon as the session is. */
import { tracked, TRPCError } from "@trpc/server";
import { LiveInterrupted, ResyncNeeded } from "../live-errors.ts";
import { liveEventsInput } from "../schemas/live-event.ts";
import { router, signedInProcedure } from "../trpc.ts";
import { eventFor } from "../who-may-see.ts";

/** What sent the subscriber away, as a code that a client acts on. */
const sentAway = (error: unknown): unknown => {
  if (error instanceof ResyncNeeded) return new TRPCError({ code: "PRECONDITION_FAILED", message: error.message, cause: error });
  if (error instanceof LiveInterrupted) return new TRPCError({ code: "SERVICE_UNAVAILABLE", message: error.message, cause: error });
  return error;
};

const events = signedInProcedure.input(liveEventsInput).subscription(async function* ({ ctx, input, signal }) {
  const gone = signal ?? new AbortController().signal;
  const sessionEnded = ctx.deps.auth.sessionEnded(ctx.actor, gone);
  const over = AbortSignal.any([gone, sessionEnded]);
  try {
    for await (const event of ctx.tenant.liveEvents(input?.lastEventId ?? null, over)) {
      yield tracked(event.id, eventFor(ctx.actor, event));
    }
  } catch (error) {
    throw sentAway(error);
  }
  if (sessionEnded.aborted) throw new TRPCError({ code: "UNAUTHORIZED", message: "Your session has ended. Please sign in." });
});

export const liveRouter = router({ events });
