/** The tenant's domain at Cloudonix: verified and connected by admins. */
import { rest } from "../rest-route.ts";
import { cloudonixVerificationSchema, cloudonixVerifyInput } from "../schemas/cloudonix.ts";
import { adminProcedure, router } from "../trpc.ts";

const verify = adminProcedure
  .meta(rest.post("/cloudonix/verify", "Ask Cloudonix whether the domain and the API key work"))
  .input(cloudonixVerifyInput)
  .output(cloudonixVerificationSchema)
  .mutation(({ ctx, input }) => ctx.tenant.cloudonix.verify(input));

export const cloudonixRouter = router({ verify });
