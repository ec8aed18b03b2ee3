/** Acting on live calls through the platform: hanging up, moving, and beginning one. */
import { moveCallInput, startCallInput } from "@switchboard/routing/input/live-operation";
import { rest } from "../rest-route.ts";
import { hungUpCallSchema, movedCallSchema, startedCallSchema } from "../schemas/live-operation.ts";
import { byId } from "../schemas/paging.ts";
import { adminProcedure, router } from "../trpc.ts";

const start = adminProcedure
  .meta(rest.creates("/calls", "Ring a number by an outbound rule, and connect whoever answers with an agent or a group"))
  .input(startCallInput)
  .output(startedCallSchema)
  .mutation(({ ctx, input }) => ctx.tenant.liveOperations.start(input));

const hangUp = adminProcedure
  .meta(rest.delete("/calls/{id}", "Hang up a live call; one that is over already counts as hung up"))
  .input(byId)
  .output(hungUpCallSchema)
  .mutation(({ ctx, input }) => ctx.tenant.liveOperations.hangUp(input.id));

const move = adminProcedure
  .meta(rest.post("/calls/{id}/move", "Move a live call to an agent, a group or a number"))
  .input(moveCallInput)
  .output(movedCallSchema)
  .mutation(({ ctx, input }) => ctx.tenant.liveOperations.move(input));

export const callsRouter = router({ start, hangUp, move });
