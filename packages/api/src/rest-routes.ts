/** Every procedure that REST reaches, with what it takes and gives; found by walking the router, so that none can be forgotten. */
import { z } from "zod";
import type { Access, RestRoute } from "./rest-route.ts";
import { appRouter } from "./router.ts";

export type ReachedProcedure = {
  /** Its place in the router, such as `agents.list`. */
  name: string;
  route: RestRoute;
  access: Access;
  input: z.ZodObject;
  output: z.ZodType;
};

/** What tRPC keeps of a router and of a procedure; its types hide the parsers. */
const definitionOf = (kept: unknown): unknown => Reflect.get(Object(kept), "_def");
const keptOfRouter = z.object({ procedures: z.record(z.string(), z.unknown()) });
const keptOfProcedure = z.object({
  meta: z.object({ rest: z.custom<RestRoute>().optional(), access: z.enum(["public", "signed_in", "admin"]) }),
  inputs: z.array(z.custom<z.ZodType>((value) => value instanceof z.ZodType)),
  output: z.custom<z.ZodType>((value) => value instanceof z.ZodType).optional(),
});

const objectOf = (name: string, schema: z.ZodType | undefined): z.ZodObject => {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  if (!(inner instanceof z.ZodObject)) throw new Error(`${name}: REST needs an object as input`);
  return inner;
};

export const reachedProcedures = (): ReachedProcedure[] =>
  Object.entries(keptOfRouter.parse(definitionOf(appRouter)).procedures).flatMap(([name, procedure]) => {
    const { meta, inputs, output } = keptOfProcedure.parse(definitionOf(procedure));
    if (meta.rest === undefined) return [];
    if (output === undefined) throw new Error(`${name}: REST needs an output schema`);
    return [{ name, route: meta.rest, access: meta.access, input: objectOf(name, inputs[0]), output }];
  });

/** The fields of the input that stand in the path. */
export const pathFields = ({ path }: RestRoute): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
