/** The first set-up: on an empty database whoever holds the token that the machine shows creates the first tenant and admin. */
import { TRPCError } from "@trpc/server";
import { rest } from "../rest-route.ts";
import { setupInput, setupNeededOutput, setupOutput } from "../schemas/setup.ts";
import { keepSignedIn } from "../signed-in.ts";
import { noInput, ownPageProcedure, publicProcedure } from "../trpc.ts";

export const setupNeeded = publicProcedure
  .meta(rest.get("/setup", "Whether the first tenant is still to be created"))
  .input(noInput)
  .output(setupNeededOutput)
  .query(async ({ ctx }) => ({ needed: await ctx.deps.setup.needed() }));

export const setup = ownPageProcedure
  .meta(rest.creates("/setup", "Create the first tenant and its admin"))
  .input(setupInput)
  .output(setupOutput)
  .mutation(async ({ ctx, input: { setupToken, ...input } }) => {
    if (!ctx.deps.setup.isToken(setupToken)) throw new TRPCError({ code: "UNAUTHORIZED", message: "This is not the set-up token." });
    const { tenant, webhooks, signedIn } = await ctx.deps.setup.create(input);
    const { domain, tenantKey, webhookToken } = tenant;
    return { ...keepSignedIn(ctx.cookie, signedIn), domain, tenantKey, webhookToken, webhooks };
  });
