/** What may stand in an address: whatever can't be read is left out, since people edit addresses and keep old ones. */
import { z } from "zod";

export const textParam = z.string().max(200).optional().catch(undefined);

/** `true`, `false`, or not given. */
export const flagParam = z
  .stringbool({ truthy: ["true"], falsy: ["false"] })
  .or(z.boolean())
  .optional()
  .catch(undefined);

export const oneOfParam = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values).optional().catch(undefined);

/** ISO 8601, in UTC or with its zone, so that a link means the same everywhere. */
export const momentParam = z.iso.datetime({ offset: true }).optional().catch(undefined);
