/** Makes tRPC, once, and exports what procedures are built from. */
import { initTRPC, TRPCError } from "@trpc/server";
import type { ApiContext } from "./context.ts";
import { errorShape } from "./error-shape.ts";

const t = initTRPC.context<ApiContext>().create({
  isDev: false,
  errorFormatter: ({ shape, error, ctx }) => errorShape(error, shape.code, ctx?.requestId ?? null),
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

export const publicProcedure = t.procedure;

/** Data comes out of the context already bound to the tenant: a query without one can't be written. */
export const signedInProcedure = t.procedure.use(async ({ ctx, next }) => {
  const actor = await ctx.identify();
  if (actor === null) throw new TRPCError({ code: "UNAUTHORIZED", message: "Please sign in." });
  const { deps } = ctx;
  return next({
    ctx: {
      actor,
      tenant: {
        callRecords: deps.callRecords(actor.tenantId),
        liveCalls: () => deps.liveCalls(actor.tenantId),
        liveEvents: (lastEventId: string | null, signal: AbortSignal) =>
          deps.liveEvents(actor.tenantId, lastEventId, signal),
      },
    },
  });
});
