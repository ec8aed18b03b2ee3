/** Makes tRPC, once, and exports what procedures are built from. */
import { ControlError, type ControlErrorKind } from "@switchboard/control/control-error";
import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import type { ApiContext } from "./context.ts";
import { errorShape } from "./error-shape.ts";
import type { ProcedureMeta } from "./rest-route.ts";
import { tooManyRequests } from "./too-many-requests.ts";

const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    // A proxy that closes quiet connections must not close these, and a client must notice one that is gone.
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter: ({ shape, error, ctx }) => errorShape(error, shape.code, ctx?.requestId ?? null),
  });

export const { router, createCallerFactory } = t;

/** What a procedure takes that takes nothing: a field all the same is refused. */
export const noInput = z.strictObject({}).optional();

/** What went wrong further in, as the code and the words that the person gets; an error that is ours to find stays as it is. */
const codes: Record<ControlErrorKind, TRPCError["code"]> = {
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  stale: "CONFLICT",
  in_use: "CONFLICT",
  rule_broken: "UNPROCESSABLE_CONTENT",
  unavailable: "SERVICE_UNAVAILABLE",
};

// A middleware's `next` never rejects: it answers with the error.
const inWords = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok || !(result.error.cause instanceof ControlError)) return result;
  const { kind, message } = result.error.cause;
  throw new TRPCError({ code: codes[kind], message, cause: result.error.cause });
});

const withinAddressLimit = t.middleware(async ({ ctx, next }) => {
  const verdict = await ctx.deps.limits.address(ctx.meta.address);
  ctx.noteLimit(verdict);
  if (!verdict.isAllowed) throw tooManyRequests("Too many requests from this address.", verdict.retryMs);
  return next();
});

export const publicProcedure = t.procedure.meta({ access: "public" }).use(inWords).use(withinAddressLimit);

/** What uses the browser's cookie, which goes along whoever made the browser ask. */
export const ownPageProcedure = publicProcedure.use(async ({ ctx, next }) => {
  if (ctx.cookie?.isForeign === true) throw new TRPCError({ code: "FORBIDDEN", message: "This page may not sign anybody in or out." });
  return next();
});

/** Data comes out of the context already bound to the tenant: a query without one can't be written. */
export const signedInProcedure = publicProcedure.meta({ access: "signed_in" }).use(async ({ ctx, next }) => {
  const actor = await ctx.identify();
  if (actor === null) throw new TRPCError({ code: "UNAUTHORIZED", message: "Please sign in." });
  const verdict = await ctx.deps.limits.person(actor);
  ctx.noteLimit(verdict);
  if (!verdict.isAllowed) throw tooManyRequests("Too many requests.", verdict.retryMs);
  return next({ ctx: { actor, tenant: ctx.deps.tenant(actor) } });
});

/** Whatever changes something, and what only admins may see. */
export const adminProcedure = signedInProcedure.meta({ access: "admin" }).use(async ({ ctx, next }) => {
  if (ctx.actor.role !== "admin") throw new TRPCError({ code: "FORBIDDEN", message: "Only an admin may do this." });
  return next();
});
