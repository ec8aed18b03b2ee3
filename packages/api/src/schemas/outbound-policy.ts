/** The outbound policy at the door. */
import { outboundPolicyChange } from "@switchboard/routing/input/outbound-policy";
import { z } from "zod";

export const outboundPolicySchema = z
  .object({
    deny: z.array(z.string()),
    maxConcurrent: z.int().nullable(),
    maxPerMinute: z.int().nullable(),
    version: z.int(),
  })
  .meta({ id: "OutboundPolicy" });

export const outboundPolicyUpdateInput = outboundPolicyChange;
