/** What a client is told of an error: a code, a sentence, and which fields are wrong; never a stack, never our own fault's text. */
import type { TRPCError } from "@trpc/server";
import type { TRPCErrorShape } from "@trpc/server/rpc";
import { ZodError } from "zod";

export type Issue = { path: string; message: string };

export type ErrorData = { code: TRPCError["code"]; requestId: string | null; issues?: Issue[] };

const issuesOf = (error: TRPCError): Issue[] | null =>
  error.code === "BAD_REQUEST" && error.cause instanceof ZodError
    ? error.cause.issues.map((issue) => ({ path: issue.path.map(String).join("."), message: issue.message }))
    : null;

const sentence = (error: TRPCError, issues: Issue[] | null): string => {
  if (issues !== null) return issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join(" ");
  if (error.code === "INTERNAL_SERVER_ERROR") return "Something went wrong on our side. Please try again.";
  return error.message;
};

export const errorShape = (error: TRPCError, code: TRPCErrorShape["code"], requestId: string | null): TRPCErrorShape<ErrorData> => {
  const issues = issuesOf(error);
  const data: ErrorData = { code: error.code, requestId };
  if (issues !== null) data.issues = issues;
  return { code, message: sentence(error, issues), data };
};
