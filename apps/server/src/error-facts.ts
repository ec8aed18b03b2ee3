/** What a log may say of an error: drivers put the values of a failed command into their errors, and those are callers' numbers. */
import { maskNumber } from "@switchboard/routing/number";

export type ErrorFacts = { type: string; code: string | null; message: string; stack: string[]; cause: ErrorFacts | null };

const longestMessage = 300;
const framesKept = 8;
const deepestCause = 3;

/** MariaDB: the statement and its parameters follow the reason. Prisma: the arguments precede it, the last line is the reason. */
const reasonOf = (message: string): string => {
  const beforeStatement = message.split("\nsql: ", 1)[0] ?? "";
  const lines = beforeStatement.split("\n").filter((line) => line.trim() !== "");
  return lines.at(-1) ?? "";
};

const withoutNumbers = (text: string): string => text.slice(0, longestMessage).replace(/\+?\d{7,}/g, maskNumber);

/** The frames alone: the lines before them repeat the message. */
const framesOf = ({ stack }: Error): string[] =>
  (stack ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("at "))
    .slice(0, framesKept);

export const errorFacts = (error: unknown, depth = 0): ErrorFacts => {
  if (!(error instanceof Error)) return { type: typeof error, code: null, message: "", stack: [], cause: null };
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  const cause = error.cause === undefined || depth >= deepestCause ? null : errorFacts(error.cause, depth + 1);
  return { type: error.name, code, message: withoutNumbers(reasonOf(error.message)), stack: framesOf(error), cause };
};
