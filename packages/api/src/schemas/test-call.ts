/** A test call that was placed: under these names it is found among the live calls, and later among the records. */
import { z } from "zod";

export const placedTestCallSchema = z.object({ callId: z.string(), session: z.string() }).meta({ id: "PlacedTestCall" });
export type PlacedTestCall = z.infer<typeof placedTestCallSchema>;
