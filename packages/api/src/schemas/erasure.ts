/** Erasures at the door: what is asked, and the receipt, which never holds the number. */
import { erasureInput } from "@switchboard/routing/input/erasure";
import { z } from "zod";
import { page, pagingInput } from "./paging.ts";

export const erasureCreateInput = erasureInput;
export const erasureListInput = z.strictObject(pagingInput);

const status = z.enum(["running", "waiting", "done"]).meta({ description: "Waiting: for what runs out by itself, as `waitsFor` says." });

export const erasureSchema = z
  .object({
    id: z.string(),
    number: z.string().meta({ description: "With its middle hidden.", examples: ["+1555•••4567"] }),
    status,
    waitsFor: z.string().nullable(),
    actorName: z.string(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    changed: z.record(z.string(), z.int()).meta({ description: "How many rows, keys and files were changed, by store." }),
    namedBy: z
      .array(z.object({ kind: z.enum(["inbound_rule", "outbound_rule", "voice_agent", "agent_group", "tenant"]), id: z.string() }))
      .meta({ description: "Configuration that still names the number; calls go by it, so it is left to people." }),
    lateEvents: z.int().meta({ description: "Words about its calls that came later, stored without the number." }),
  })
  .meta({ id: "Erasure" });

export const erasurePage = page(erasureSchema);
