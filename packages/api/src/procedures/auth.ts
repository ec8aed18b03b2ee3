/** Signing in and out, staying signed in, and who one is. */
import { passwordChange } from "@switchboard/routing/input/user";
import { TRPCError } from "@trpc/server";
import { loginInput, loginOutput, logoutOutput, passwordOutput, userSchema } from "../schemas/auth.ts";
import { rest } from "../rest-route.ts";
import { keepSignedIn } from "../signed-in.ts";
import { tooManyRequests } from "../too-many-requests.ts";
import { noInput, ownPageProcedure, router, signedInProcedure } from "../trpc.ts";
import { setup, setupNeeded } from "./setup.ts";

const nobody = () => new TRPCError({ code: "UNAUTHORIZED", message: "Please sign in." });

const login = ownPageProcedure
  .meta(rest.post("/auth/login", "Sign in"))
  .input(loginInput)
  .output(loginOutput)
  .mutation(async ({ ctx, input }) => {
    const outcome = await ctx.deps.auth.login(input.email, input.password, ctx.meta);
    switch (outcome.kind) {
      case "signed_in":
        return keepSignedIn(ctx.cookie, outcome.signedIn);
      case "refused":
        throw new TRPCError({ code: "UNAUTHORIZED", message: "E-mail or password is wrong." });
      case "throttled":
        throw tooManyRequests("Too many attempts.", outcome.retryMs);
    }
  });

const refresh = ownPageProcedure
  .meta(rest.post("/auth/refresh", "A new access token, by the refresh cookie"))
  .input(noInput)
  .output(loginOutput)
  .mutation(async ({ ctx: { cookie, deps } }) => {
    const signedIn = cookie?.token == null ? null : await deps.auth.refresh(cookie.token);
    if (signedIn !== null) return keepSignedIn(cookie, signedIn);
    cookie?.clear();
    throw nobody();
  });

const logout = ownPageProcedure
  .meta(rest.post("/auth/logout", "Sign out, everywhere this sign-in is used"))
  .input(noInput)
  .output(logoutOutput)
  .mutation(async ({ ctx }) => {
    const isEnded = await ctx.deps.auth.logout(await ctx.identify(), ctx.cookie?.token ?? null);
    ctx.cookie?.clear();
    if (!isEnded) throw nobody();
    return { ended: true as const };
  });

const user = signedInProcedure
  .meta(rest.get("/auth/user", "Who is signed in"))
  .input(noInput)
  .output(userSchema)
  .query(async ({ ctx }) => {
    const found = await ctx.deps.auth.user(ctx.actor);
    if (found === null) throw nobody();
    return found;
  });

const password = signedInProcedure
  .meta(rest.post("/auth/password", "Change one’s own password; other sign-ins end"))
  .input(passwordChange)
  .output(passwordOutput)
  .mutation(async ({ ctx, input }) => {
    await ctx.tenant.changePassword(input);
    return { changed: true as const };
  });

export const authRouter = router({ login, refresh, logout, user, password, setup, setupNeeded });
