/** What a client is told of an error: a code, a sentence, and which fields are wrong; never a stack, never our own fault's text. */
import { ControlError, type FieldIssue, type Reference } from "@switchboard/control/control-error";
import type { TRPCError } from "@trpc/server";
import type { TRPCErrorShape } from "@trpc/server/rpc";
import { ZodError } from "zod";

export type Issue = { path: string; message: string };

export type ErrorData = {
  code: TRPCError["code"];
  requestId: string | null;
  issues?: Issue[];
  /** What needs the thing that was to be deleted. */
  references?: Reference[];
  /** Whether the same request may succeed once it is read anew: somebody changed the thing meanwhile. */
  stale?: true;
};

const issueOf = ({ path, message }: { path: readonly PropertyKey[] } & Pick<FieldIssue, "message">): Issue => ({
  path: path.map(String).join("."),
  message,
});

const inputIssues = (error: TRPCError): Issue[] | null =>
  error.code === "BAD_REQUEST" && error.cause instanceof ZodError ? error.cause.issues.map(issueOf) : null;

const sentence = (error: TRPCError, issues: Issue[] | null): string => {
  if (issues !== null) return issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join(" ");
  if (error.code === "INTERNAL_SERVER_ERROR") return "Something went wrong on our side. Please try again.";
  return error.message;
};

/** The part that both doors show alike. */
export const errorOf = (error: TRPCError, requestId: string | null): { message: string; data: ErrorData } => {
  const issues = inputIssues(error);
  const data: ErrorData = { code: error.code, requestId };
  if (issues !== null) data.issues = issues;
  if (error.cause instanceof ControlError) {
    if (error.cause.issues.length > 0) data.issues = error.cause.issues.map(issueOf);
    if (error.cause.references.length > 0) data.references = error.cause.references;
    if (error.cause.kind === "stale") data.stale = true;
  }
  return { message: sentence(error, issues), data };
};

export const errorShape = (error: TRPCError, code: TRPCErrorShape["code"], requestId: string | null): TRPCErrorShape<ErrorData> => ({
  code,
  ...errorOf(error, requestId),
});
