/** The tenant's domain at Cloudonix: verified and connected by admins. */
import { rest } from "../rest-route.ts";
import {
  cloudonixApplyInput,
  cloudonixOutcomeSchema,
  cloudonixPlanInput,
  cloudonixPlanSchema,
  cloudonixStatusSchema,
  cloudonixVerificationSchema,
  cloudonixVerifyInput,
  trunkListSchema,
} from "../schemas/cloudonix.ts";
import { adminProcedure, noInput, router, signedInProcedure } from "../trpc.ts";

const status = adminProcedure
  .meta(rest.get("/cloudonix", "How the domain’s connection with Cloudonix stands"))
  .input(noInput)
  .output(cloudonixStatusSchema)
  .query(({ ctx }) => ctx.tenant.cloudonix.status());

const verify = adminProcedure
  .meta(rest.post("/cloudonix/verify", "Ask Cloudonix whether the domain and the API key work"))
  .input(cloudonixVerifyInput)
  .output(cloudonixVerificationSchema)
  .mutation(({ ctx, input }) => ctx.tenant.cloudonix.verify(input));

const plan = adminProcedure
  .meta(rest.post("/cloudonix/plan", "What connecting the domain would change at Cloudonix; changes nothing"))
  .input(cloudonixPlanInput)
  .output(cloudonixPlanSchema)
  .mutation(({ ctx, input }) => ctx.tenant.cloudonix.plan(input));

/** Applies the plan; tRPC keeps the word “apply” to itself. */
const connect = adminProcedure
  .meta(rest.post("/cloudonix/apply", "Connect the domain as planned; 409 when anything changed since the plan"))
  .input(cloudonixApplyInput)
  .output(cloudonixOutcomeSchema)
  .mutation(({ ctx, input }) => ctx.tenant.cloudonix.apply(input));

const undo = adminProcedure
  .meta(rest.post("/cloudonix/undo", "Put back at Cloudonix what was there before"))
  .input(noInput)
  .output(cloudonixOutcomeSchema)
  .mutation(({ ctx }) => ctx.tenant.cloudonix.undo());

export const cloudonixRouter = router({ status, verify, plan, connect, undo });

const list = signedInProcedure
  .meta(rest.get("/trunks", "The trunks that Cloudonix knows for the domain"))
  .input(noInput)
  .output(trunkListSchema)
  .query(({ ctx }) => ctx.tenant.cloudonix.trunks());

export const trunksRouter = router({ list });
