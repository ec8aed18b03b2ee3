/** Voice agents: seen by everybody who is signed in, changed by admins. */
import type { VoiceAgent } from "@switchboard/control/agents";
import { checkProviderKey, providers as catalogue } from "@switchboard/routing/provider-catalogue";
import { rest } from "../rest-route.ts";
import { byId, deletedOutput } from "../schemas/paging.ts";
import { providerPage } from "../schemas/provider.ts";
import {
  voiceAgentCreateInput,
  voiceAgentListInput,
  voiceAgentPage,
  voiceAgentSchema,
  voiceAgentUpdateInput,
} from "../schemas/voice-agent.ts";
import { usedBySchema } from "../schemas/used-by.ts";
import type { Warning } from "../schemas/warning.ts";
import { eject, resetCounters, restore, status, statuses } from "./agent-operations.ts";
import { adminProcedure, noInput, router, signedInProcedure } from "../trpc.ts";
import { usedByFor } from "../who-may-see.ts";

const warningsOf = ({ provider }: VoiceAgent): Warning[] => {
  const check = checkProviderKey(provider);
  return check.kind === "unlisted" ? [{ code: "unlisted_provider", message: check.message }] : [];
};

const shown = (agent: VoiceAgent) => ({ ...agent, warnings: warningsOf(agent) });

const list = signedInProcedure
  .meta(rest.get("/voice-agents", "Voice agents by name"))
  .input(voiceAgentListInput)
  .output(voiceAgentPage)
  .query(async ({ ctx, input }) => {
    const { items, nextCursor } = await ctx.tenant.agents.list(input);
    return { items: items.map(shown), nextCursor };
  });

const get = signedInProcedure
  .meta(rest.get("/voice-agents/{id}", "One voice agent"))
  .input(byId)
  .output(voiceAgentSchema)
  .query(async ({ ctx, input }) => shown(await ctx.tenant.agents.get(input.id)));

const usedBy = signedInProcedure
  .meta(rest.get("/voice-agents/{id}/used-by", "The groups and inbound rules that use a voice agent"))
  .input(byId)
  .output(usedBySchema)
  .query(async ({ ctx, input }) => usedByFor(ctx.actor, await ctx.tenant.agents.usedBy(input.id)));

const create = adminProcedure
  .meta(rest.creates("/voice-agents", "Create a voice agent"))
  .input(voiceAgentCreateInput)
  .output(voiceAgentSchema)
  .mutation(async ({ ctx, input }) => shown((await ctx.tenant.agents.create(input)).item));

const update = adminProcedure
  .meta(rest.put("/voice-agents/{id}", "Change the fields given of a voice agent"))
  .input(voiceAgentUpdateInput)
  .output(voiceAgentSchema)
  .mutation(async ({ ctx, input: { id, ...fields } }) => shown((await ctx.tenant.agents.update(id, fields)).item));

const remove = adminProcedure
  .meta(rest.delete("/voice-agents/{id}", "Delete a voice agent that nothing refers to"))
  .input(byId)
  .output(deletedOutput)
  .mutation(async ({ ctx, input }) => {
    await ctx.tenant.agents.remove(input.id);
    return { id: input.id, deleted: true as const };
  });

/** Whole, since it is short: there is no second page. */
const providers = signedInProcedure
  .meta(rest.get("/providers", "The AI voice providers that Cloudonix is known to dial"))
  .input(noInput)
  .output(providerPage)
  .query(() => ({ items: catalogue.map((provider) => ({ ...provider, sources: [...provider.sources] })), nextCursor: null }));

export const agentsRouter = router({
  ...{ list, get, create, update, delete: remove, providers, usedBy },
  ...{ status, statuses, eject, restore, resetCounters },
});
