/** The outbound policy: seen by everybody who is signed in, changed by admins. */
import { rest } from "../rest-route.ts";
import { outboundPolicySchema, outboundPolicyUpdateInput } from "../schemas/outbound-policy.ts";
import { adminProcedure, noInput, router, signedInProcedure } from "../trpc.ts";

const get = signedInProcedure
  .meta(rest.get("/outbound-policy", "Where no call may be sent, and how many may"))
  .input(noInput)
  .output(outboundPolicySchema)
  .query(({ ctx }) => ctx.tenant.outboundPolicy.get());

const update = adminProcedure
  .meta(rest.put("/outbound-policy", "Change the fields given of the outbound policy"))
  .input(outboundPolicyUpdateInput)
  .output(outboundPolicySchema)
  .mutation(async ({ ctx, input }) => (await ctx.tenant.outboundPolicy.update(input)).item);

export const outboundPolicyRouter = router({ get, update });
