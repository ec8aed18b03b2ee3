/** Asks for a new access token with the cookie, which the browser sends along by itself. */
import { type SignIn, signInShape } from "./sign-in-shape.ts";

export type FetchedSignIn =
  | { kind: "signed_in"; signIn: SignIn }
  | { kind: "refused" }
  /** Nobody answered, or not as was expected. */
  | { kind: "away" };

const longestMs = 10_000;

export const fetchSignIn = async (): Promise<FetchedSignIn> => {
  try {
    const response = await fetch("/api/auth/refresh", { method: "POST", signal: AbortSignal.timeout(longestMs) });
    if (response.status === 401) return { kind: "refused" };
    const read = signInShape.safeParse(await response.json());
    return read.success ? { kind: "signed_in", signIn: read.data } : { kind: "away" };
  } catch {
    return { kind: "away" };
  }
};
