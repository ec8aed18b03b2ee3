/** Voice agents in operation: how each stands, and what admins do about it. */
import type { AgentVerb } from "@switchboard/control/agent-operations";
import { rest } from "../rest-route.ts";
import { agentStandingPage, agentStatusesInput, agentStatusSchema } from "../schemas/agent-status.ts";
import { byId } from "../schemas/paging.ts";
import { adminProcedure, signedInProcedure } from "../trpc.ts";

export const status = signedInProcedure
  .meta(rest.get("/voice-agents/{id}/status", "Health, load and last failure of a voice agent"))
  .input(byId)
  .output(agentStatusSchema)
  .query(({ ctx, input }) => ctx.tenant.agentStatus.get(input.id));

/** Whole: there is no second page. */
export const statuses = signedInProcedure
  .meta(rest.get("/voice-agents/statuses", "Health, load, last failure and use of many voice agents"))
  .input(agentStatusesInput)
  .output(agentStandingPage)
  .query(async ({ ctx, input }) => ({ items: await ctx.tenant.agentStatus.list(input.ids), nextCursor: null }));

/** Each answers how the agent stands afterwards. */
const operation = (verb: AgentVerb, path: `/${string}`, summary: string) =>
  adminProcedure
    .meta(rest.post(`/voice-agents/{id}${path}`, summary))
    .input(byId)
    .output(agentStatusSchema)
    .mutation(({ ctx, input }) => ctx.tenant.agentStatus.operate(input.id, verb));

export const eject = operation("eject", "/eject", "Take a voice agent out of the choice, as if it had failed five times");
export const restore = operation("restore", "/restore", "Make a voice agent healthy at once, its failures forgotten");
export const resetCounters = operation("reset_counters", "/reset-counters", "Start a voice agent’s counters anew, level with the others");
