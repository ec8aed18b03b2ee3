/** Inbound rules: seen by everybody who is signed in, changed by admins; every answer says what deserves a second look. */
import type { InboundRule, InboundRules } from "@switchboard/control/inbound-rules";
import type { Actor } from "../actor.ts";
import type { RuleFindings } from "../deps.ts";
import { rest } from "../rest-route.ts";
import { warningOf } from "../rule-warnings.ts";
import { byId, deletedOutput } from "../schemas/paging.ts";
import { ruleHitsInput, ruleHitsOutput } from "../schemas/rule-hits.ts";
import {
  inboundRuleCreateInput,
  inboundRuleListInput,
  inboundRulePage,
  inboundRuleSchema,
  inboundRuleUpdateInput,
} from "../schemas/routing-rule.ts";
import { adminProcedure, router, signedInProcedure } from "../trpc.ts";
import { fallbackFor, patternFor } from "../who-may-see.ts";

type Seen = { actor: Actor; tenant: { ruleFindings: RuleFindings; inboundRules: Pick<InboundRules, "targetNames"> } };

const shownAs = ({ actor, tenant }: Seen, names: ReadonlyMap<string, string>, rule: InboundRule) => ({
  ...rule,
  targetName: names.get(rule.targetId) ?? "",
  pattern: patternFor(actor, rule.pattern),
  callerPattern: rule.callerPattern === null ? null : patternFor(actor, rule.callerPattern),
  fallback: fallbackFor(actor, rule.fallback),
  warnings: tenant.ruleFindings.inbound(rule.id).map((finding) => warningOf(actor, finding)),
});

const shown = async (seen: Seen, rule: InboundRule) => shownAs(seen, await seen.tenant.inboundRules.targetNames([rule]), rule);

const list = signedInProcedure
  .meta(rest.get("/inbound-rules", "Inbound rules in the order in which calls try them"))
  .input(inboundRuleListInput)
  .output(inboundRulePage)
  .query(async ({ ctx, input }) => {
    const { items, nextCursor } = await ctx.tenant.inboundRules.list(input);
    const names = await ctx.tenant.inboundRules.targetNames(items);
    return { items: items.map((rule) => shownAs(ctx, names, rule)), nextCursor };
  });

const get = signedInProcedure
  .meta(rest.get("/inbound-rules/{id}", "One inbound rule"))
  .input(byId)
  .output(inboundRuleSchema)
  .query(async ({ ctx, input }) => shown(ctx, await ctx.tenant.inboundRules.get(input.id)));

const create = adminProcedure
  .meta(rest.creates("/inbound-rules", "Create an inbound rule"))
  .input(inboundRuleCreateInput)
  .output(inboundRuleSchema)
  .mutation(async ({ ctx, input }) => shown(ctx, (await ctx.tenant.inboundRules.create(input)).item));

const update = adminProcedure
  .meta(rest.put("/inbound-rules/{id}", "Change the fields given of an inbound rule"))
  .input(inboundRuleUpdateInput)
  .output(inboundRuleSchema)
  .mutation(async ({ ctx, input: { id, ...fields } }) => shown(ctx, (await ctx.tenant.inboundRules.update(id, fields)).item));

const remove = adminProcedure
  .meta(rest.delete("/inbound-rules/{id}", "Delete an inbound rule"))
  .input(byId)
  .output(deletedOutput)
  .mutation(async ({ ctx, input }) => {
    await ctx.tenant.inboundRules.remove(input.id);
    return { id: input.id, deleted: true as const };
  });

const hits = signedInProcedure
  .meta(rest.get("/inbound-rules/hits", "How often rules matched in the last 24 hours, and when last"))
  .input(ruleHitsInput)
  .output(ruleHitsOutput)
  .query(({ ctx, input }) => ctx.tenant.ruleHits(input.ids));

export const inboundRulesRouter = router({ hits, list, get, create, update, delete: remove });
