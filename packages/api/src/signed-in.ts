/** Hands a sign-in out: the access token in the answer, the refresh token in the cookie and nowhere else. */
import type { RefreshCookie } from "./context.ts";
import type { SignedIn } from "./deps.ts";

export const keepSignedIn = (cookie: RefreshCookie | null, signedIn: SignedIn) => {
  const { accessToken, expiresInSeconds, user } = signedIn;
  cookie?.keep(signedIn.refreshToken, signedIn.refreshExpiresAt);
  return { accessToken, tokenType: "Bearer" as const, expiresInSeconds, user };
};
