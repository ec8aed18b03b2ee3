/** How much of its capacity a tenant uses now. */
import { z } from "zod";

export const tenantLoadSchema = z
  .object({
    activeCalls: z.int().meta({ description: "Calls that hold an agent: what the tenant’s cap counts." }),
    maxConcurrentCalls: z.int().nullable().meta({ description: "The cap; null: there is none." }),
    agentCapacity: z.int().nullable().meta({ description: "Of all enabled agents together; null: one of them has no limit." }),
    liveCalls: z.int().meta({ description: "All calls that have not ended, those that hold no agent too." }),
  })
  .meta({ id: "TenantLoad" });
export type TenantLoad = z.infer<typeof tenantLoadSchema>;
