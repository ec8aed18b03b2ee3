/** Trying the configuration with a call that nobody makes, through the platform's own door. */
import { testCallInput } from "@switchboard/routing/input/test-call";
import { rest } from "../rest-route.ts";
import { placedTestCallSchema } from "../schemas/test-call.ts";
import { adminProcedure, router } from "../trpc.ts";

const place = adminProcedure
  .meta(rest.creates("/test-calls", "Place a test call: played through the real voice door, in no figure, over within seconds"))
  .input(testCallInput)
  .output(placedTestCallSchema)
  .mutation(({ ctx, input }) => ctx.tenant.placeTestCall(input));

export const testCallsRouter = router({ place });
