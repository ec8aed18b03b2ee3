/** Every procedure there is, found in the router itself, so that no test can forget one. */
import { appRouter } from "@switchboard/api/router";
import type { z } from "zod";

export type Procedure = { name: string; type: "query" | "mutation" | "subscription"; input: z.ZodType };

type Kept = { type: Procedure["type"]; inputs: z.ZodType[] };
const keptOf = (value: unknown): unknown => Reflect.get(Object(value), "_def");

export const everyProcedure: Procedure[] = Object.entries((keptOf(appRouter) as { procedures: Record<string, unknown> }).procedures).map(
  ([name, procedure]) => {
    const { type, inputs } = keptOf(procedure) as Kept;
    return { name, type, input: inputs[0]! };
  },
);
