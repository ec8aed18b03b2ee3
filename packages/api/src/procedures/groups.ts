/** Agent groups: seen by everybody who is signed in, changed by admins. */
import type { AgentGroup } from "@switchboard/control/groups";
import type { Actor } from "../actor.ts";
import { rest } from "../rest-route.ts";
import {
  agentGroupCreateInput,
  agentGroupListInput,
  agentGroupPage,
  agentGroupSchema,
  agentGroupUpdateInput,
} from "../schemas/agent-group.ts";
import { groupDistributionListInput, groupDistributionPage, groupDistributionSchema } from "../schemas/group-distribution.ts";
import { byId, deletedOutput } from "../schemas/paging.ts";
import { usedBySchema } from "../schemas/used-by.ts";
import { adminProcedure, router, signedInProcedure } from "../trpc.ts";
import { fallbackFor, usedByFor } from "../who-may-see.ts";

const shown = (actor: Actor, group: AgentGroup) => ({ ...group, fallback: fallbackFor(actor, group.fallback) });

const list = signedInProcedure
  .meta(rest.get("/agent-groups", "Agent groups by name, with their members; a page ends before it has more than 1,000 members"))
  .input(agentGroupListInput)
  .output(agentGroupPage)
  .query(async ({ ctx, input }) => {
    const { items, nextCursor } = await ctx.tenant.groups.list(input);
    return { items: items.map((group) => shown(ctx.actor, group)), nextCursor };
  });

const get = signedInProcedure
  .meta(rest.get("/agent-groups/{id}", "One agent group"))
  .input(byId)
  .output(agentGroupSchema)
  .query(async ({ ctx, input }) => shown(ctx.actor, await ctx.tenant.groups.get(input.id)));

const distribution = signedInProcedure
  .meta(rest.get("/agent-groups/{id}/distribution", "How the calls of a group fell to its members, beside how they should"))
  .input(byId)
  .output(groupDistributionSchema)
  .query(({ ctx, input }) => ctx.tenant.distribution.get(input.id));

const distributions = signedInProcedure
  .meta(rest.get("/agent-groups/distribution", "The same of many groups, by name; a page ends before it has more than 250 members"))
  .input(groupDistributionListInput)
  .output(groupDistributionPage)
  .query(({ ctx, input }) => ctx.tenant.distribution.list(input));

const usedBy = signedInProcedure
  .meta(rest.get("/agent-groups/{id}/used-by", "The groups and inbound rules that use an agent group"))
  .input(byId)
  .output(usedBySchema)
  .query(async ({ ctx, input }) => usedByFor(ctx.actor, await ctx.tenant.groups.usedBy(input.id)));

const create = adminProcedure
  .meta(rest.creates("/agent-groups", "Create an agent group"))
  .input(agentGroupCreateInput)
  .output(agentGroupSchema)
  .mutation(async ({ ctx, input }) => shown(ctx.actor, (await ctx.tenant.groups.create(input)).item));

const update = adminProcedure
  .meta(rest.put("/agent-groups/{id}", "Change the fields given of an agent group; members that are given replace the list"))
  .input(agentGroupUpdateInput)
  .output(agentGroupSchema)
  .mutation(async ({ ctx, input: { id, ...fields } }) => shown(ctx.actor, (await ctx.tenant.groups.update(id, fields)).item));

const remove = adminProcedure
  .meta(rest.delete("/agent-groups/{id}", "Delete an agent group that nothing refers to"))
  .input(byId)
  .output(deletedOutput)
  .mutation(async ({ ctx, input }) => {
    await ctx.tenant.groups.remove(input.id);
    return { id: input.id, deleted: true as const };
  });

export const groupsRouter = router({ list, get, create, update, delete: remove, usedBy, distribution, distributions });
