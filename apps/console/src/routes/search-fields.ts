/** What may stand in an address: whatever can't be read is left out, since people edit addresses and keep old ones. */
import { catch as orElse, z } from "zod/mini";

/** The small form of zod: addresses are read before the first page is there. */
const readable = <Schema extends z.ZodMiniType>(schema: Schema) => orElse(z.optional(schema), undefined);

export const textParam = readable(z.string().check(z.maxLength(200)));

/** `true`, `false`, or not given. */
export const flagParam = readable(z.union([z.stringbool({ truthy: ["true"], falsy: ["false"] }), z.boolean()]));

export const oneOfParam = <const Values extends readonly [string, ...string[]]>(values: Values) => readable(z.enum(values));

/** ISO 8601, in UTC or with its zone, so that a link means the same everywhere. */
export const momentParam = readable(z.iso.datetime({ offset: true }));
