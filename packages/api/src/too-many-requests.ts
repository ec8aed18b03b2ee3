/** Refusing for now: in words, and with when to come again. */
import { TRPCError } from "@trpc/server";

class TooManyRequests extends Error {
  override readonly name = "TooManyRequests";
  readonly retryAfterSeconds: number;
  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** `retryMs` from now. */
export const tooManyRequests = (why: string, retryMs: number): TRPCError => {
  const seconds = Math.max(1, Math.ceil(retryMs / 1_000));
  const message = `${why} Try again in ${seconds} s.`;
  return new TRPCError({ code: "TOO_MANY_REQUESTS", message, cause: new TooManyRequests(message, seconds) });
};

const outageSeconds = 2;

/** For the header of that name; null where coming again would change nothing. */
export const retryAfterSecondsOf = ({ code, cause }: TRPCError): number | null => {
  if (cause instanceof TooManyRequests) return cause.retryAfterSeconds;
  return code === "SERVICE_UNAVAILABLE" || code === "TOO_MANY_REQUESTS" ? outageSeconds : null;
};
