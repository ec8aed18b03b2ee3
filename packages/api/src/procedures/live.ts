/** The stream of live events: resumable by journal id, over as soon as the session is. */
import { tracked, TRPCError } from "@trpc/server";
import type { Actor } from "../actor.ts";
import type { ApiContext } from "../context.ts";
import { LiveInterrupted, ResyncNeeded } from "../live-errors.ts";
import { type LiveEvent, liveEventsInput } from "../schemas/live-event.ts";
import { router, signedInProcedure } from "../trpc.ts";
import { eventFor } from "../who-may-see.ts";

/** What sent the subscriber away, as a code that a client acts on. */
const sentAway = (error: unknown): unknown => {
  if (error instanceof ResyncNeeded) return new TRPCError({ code: "PRECONDITION_FAILED", message: error.message, cause: error });
  if (error instanceof LiveInterrupted) return new TRPCError({ code: "SERVICE_UNAVAILABLE", message: error.message, cause: error });
  return error;
};

type Watch = {
  actor: Actor;
  events: AsyncIterable<LiveEvent>;
  caughtUp: ApiContext["caughtUp"];
  over: AbortSignal;
  sessionEnded: AbortSignal;
};

async function* told({ actor, events, caughtUp, over, sessionEnded }: Watch) {
  try {
    for await (const event of events) {
      yield tracked(event.id, eventFor(actor, event));
      await caughtUp(over);
    }
  } catch (error) {
    throw sentAway(error);
  }
  if (sessionEnded.aborted) throw new TRPCError({ code: "UNAUTHORIZED", message: "Your session has ended. Please sign in." });
}

const events = signedInProcedure.input(liveEventsInput).subscription(async ({ ctx, input, signal }) => {
  const gone = signal ?? new AbortController().signal;
  const { actor, caughtUp } = ctx;
  const sessionEnded = ctx.deps.auth.sessionEnded(actor, gone);
  const over = AbortSignal.any([gone, sessionEnded]);
  try {
    // Awaited before the client hears that it has begun: from that moment on it misses nothing.
    return told({ actor, events: await ctx.tenant.liveEvents(input?.lastEventId ?? null, over), caughtUp, over, sessionEnded });
  } catch (error) {
    throw sentAway(error);
  }
});

export const liveRouter = router({ events });
