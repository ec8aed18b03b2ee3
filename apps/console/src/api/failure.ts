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

/** What the server has against single fields: their paths as a form names them, and why. */
export const fieldIssuesOf = (error: unknown): readonly { path: string; message: string }[] =>
  isApiError(error) ? (error.data?.issues ?? []) : [];

/** What needs the thing that was to be deleted. */
export const referencesOf = (error: unknown) => (isApiError(error) ? (error.data?.references ?? []) : []);

/** Somebody else has changed the thing since it was read. */
export const isStale = (error: unknown): boolean => isApiError(error) && error.data?.stale === true;

export const isNotFound = (error: unknown): boolean => failureOf(error).code === "NOT_FOUND";

/** The token is not (any longer) good. */
export const isSignedOut = (error: unknown): boolean => failureOf(error).code === "UNAUTHORIZED";
