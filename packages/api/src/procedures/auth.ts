/** Signing in and out, and who one is. */
import { TRPCError } from "@trpc/server";
import { loginInput, loginOutput, logoutOutput, userSchema } from "../schemas/auth.ts";
import { rest } from "../rest-route.ts";
import { noInput, publicProcedure, router, signedInProcedure } from "../trpc.ts";

const login = publicProcedure
  .meta(rest.post("/auth/login", "Sign in"))
  .input(loginInput)
  .output(loginOutput)
  .mutation(async ({ ctx, input }) => {
    const outcome = await ctx.deps.auth.login(input.email, input.password, ctx.meta);
    switch (outcome.kind) {
      case "signed_in":
        return {
          accessToken: outcome.accessToken,
          tokenType: "Bearer" as const,
          expiresInSeconds: outcome.expiresInSeconds,
          user: outcome.user,
        };
      case "refused":
        throw new TRPCError({ code: "UNAUTHORIZED", message: "E-mail or password is wrong." });
      case "throttled":
        throw new TRPCError({
          code: "TOO_MANY_REQUESTS",
          message: `Too many attempts. Try again in ${outcome.retryAfterSeconds} s.`,
        });
    }
  });

const logout = signedInProcedure
  .meta(rest.post("/auth/logout", "Sign out, everywhere this sign-in is used"))
  .input(noInput)
  .output(logoutOutput)
  .mutation(async ({ ctx }) => {
    await ctx.deps.auth.logout(ctx.actor);
    return { ended: true as const };
  });

const user = signedInProcedure
  .meta(rest.get("/auth/user", "Who is signed in"))
  .input(noInput)
  .output(userSchema)
  .query(async ({ ctx }) => {
    const found = await ctx.deps.auth.user(ctx.actor);
    if (found === null) throw new TRPCError({ code: "UNAUTHORIZED", message: "Please sign in." });
    return found;
  });

export const authRouter = router({ login, logout, user });
