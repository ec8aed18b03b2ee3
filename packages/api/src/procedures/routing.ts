/** Asking where a call would go, without making one. */
import { rest } from "../rest-route.ts";
import { simulateInput, simulationSchema } from "../schemas/simulation.ts";
import { simulationFor } from "../simulation-for.ts";
import { router, signedInProcedure } from "../trpc.ts";

/** A mutation only because what it takes can be large: it changes nothing. */
const simulate = signedInProcedure
  .meta(rest.post("/routing/simulate", "Where a call would go now, drafts included; changes nothing"))
  .input(simulateInput)
  .output(simulationSchema)
  .mutation(async ({ ctx, input }) => simulationFor(ctx.actor, await ctx.tenant.simulate(input)));

export const routingRouter = router({ simulate });
