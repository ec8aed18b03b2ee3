/** Outbound rules: seen by everybody who is signed in, changed by admins; every answer says what deserves a second look. */
import type { OutboundRule } from "@switchboard/control/outbound-rules";
import type { Actor } from "../actor.ts";
import type { CloudonixAccess, RuleFindings } from "../deps.ts";
import { rest } from "../rest-route.ts";
import { warningOf } from "../rule-warnings.ts";
import { trunkWarnings } from "../trunk-warnings.ts";
import { byId, deletedOutput } from "../schemas/paging.ts";
import {
  outboundRuleCreateInput,
  outboundRuleListInput,
  outboundRulePage,
  outboundRuleSchema,
  outboundRuleUpdateInput,
} from "../schemas/routing-rule.ts";
import { adminProcedure, router, signedInProcedure } from "../trpc.ts";
import { patternFor } from "../who-may-see.ts";

type Seen = { actor: Actor; tenant: { ruleFindings: RuleFindings; cloudonix: Pick<CloudonixAccess, "rememberedTrunks"> } };

const prefixFor = (actor: Actor, prefix: string | null) => (prefix === null ? null : patternFor(actor, prefix));

const shown = ({ actor, tenant }: Seen, { trunkConfig, ...rule }: OutboundRule) => ({
  ...rule,
  prefix: prefixFor(actor, rule.prefix),
  callerIdPrefix: prefixFor(actor, rule.callerIdPrefix),
  trunkConfig: trunkConfig.callerId === undefined ? trunkConfig : { ...trunkConfig, callerId: patternFor(actor, trunkConfig.callerId) },
  warnings: [
    ...tenant.ruleFindings.outbound(rule.id).map((finding) => warningOf(actor, finding)),
    ...(rule.enabled ? trunkWarnings(tenant.cloudonix.rememberedTrunks(), trunkConfig.trunks) : []),
  ],
});

const list = signedInProcedure
  .meta(rest.get("/outbound-rules", "Outbound rules in the order in which calls try them"))
  .input(outboundRuleListInput)
  .output(outboundRulePage)
  .query(async ({ ctx, input }) => {
    const { items, nextCursor } = await ctx.tenant.outboundRules.list(input);
    return { items: items.map((rule) => shown(ctx, rule)), nextCursor };
  });

const get = signedInProcedure
  .meta(rest.get("/outbound-rules/{id}", "One outbound rule"))
  .input(byId)
  .output(outboundRuleSchema)
  .query(async ({ ctx, input }) => shown(ctx, await ctx.tenant.outboundRules.get(input.id)));

const create = adminProcedure
  .meta(rest.creates("/outbound-rules", "Create an outbound rule"))
  .input(outboundRuleCreateInput)
  .output(outboundRuleSchema)
  .mutation(async ({ ctx, input }) => shown(ctx, (await ctx.tenant.outboundRules.create(input)).item));

const update = adminProcedure
  .meta(rest.put("/outbound-rules/{id}", "Change the fields given of an outbound rule"))
  .input(outboundRuleUpdateInput)
  .output(outboundRuleSchema)
  .mutation(async ({ ctx, input: { id, ...fields } }) => shown(ctx, (await ctx.tenant.outboundRules.update(id, fields)).item));

const remove = adminProcedure
  .meta(rest.delete("/outbound-rules/{id}", "Delete an outbound rule"))
  .input(byId)
  .output(deletedOutput)
  .mutation(async ({ ctx, input }) => {
    await ctx.tenant.outboundRules.remove(input.id);
    return { id: input.id, deleted: true as const };
  });

export const outboundRulesRouter = router({ list, get, create, update, delete: remove });
