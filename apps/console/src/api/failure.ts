/** What went wrong, in words a person can act on. */
import type { AppRouter } from "@switchboard/api/router";
import { TRPCClientError } from "@trpc/client";

export type Failure = { code: string | null; message: string; requestId: string | null };

export const failureOf = (error: unknown): Failure => {
  if (isApiError(error) && error.data != null) {
    return { code: error.data.code, message: error.message, requestId: error.data.requestId };
  }
  return { code: null, message: "Switchboard can't be reached. Check your connection and try again.", requestId: null };
};

const isApiError = (error: unknown): error is TRPCClientError<AppRouter> => error instanceof TRPCClientError;

/** The token is not (any longer) good. */
export const isSignedOut = (error: unknown): boolean => failureOf(error).code === "UNAUTHORIZED";
