/** Lists are asked for a page by its cursor; which way one pages is the library's own word, which the server doesn't know. */
import type { AppRouter } from "@switchboard/api/router";
import type { TRPCLink } from "@trpc/client";

const pagingWords: ReadonlySet<unknown> = new Set(["forward", "backward"]);

const hasDirection = (input: unknown): input is { direction: unknown } =>
  typeof input === "object" && input !== null && "direction" in input && pagingWords.has(input.direction);

const asked = (input: unknown): unknown => {
  if (!hasDirection(input)) return input;
  const { direction: _, ...rest } = input;
  return rest;
};

export const pagingLink =
  (): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) =>
    next({ ...op, input: asked(op.input) });
