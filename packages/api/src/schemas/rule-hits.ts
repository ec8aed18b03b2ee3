/** How often rules matched: which are asked about, and what is told. */
import { z } from "zod";
import { idInput } from "./paging.ts";

export const ruleHitsInput = z.strictObject({
  ids: z.array(idInput).min(1).max(200).describe("Of a page of rules; in an address, with commas between."),
});

export const ruleHitsOutput = z.object({
  since: z.iso.datetime().describe("The beginning of the hour in which the last 24 hours began; hits are counted from there."),
  items: z
    .array(
      z.object({
        id: z.string(),
        hits: z.int(),
        lastHitAt: z.iso.datetime().nullable().describe("Null: no call has ever matched; test calls are no hits."),
      }),
    )
    .describe("Of those asked about that are there."),
});
