/** Inbound and outbound rules: created by operators. */
import type { RuleId } from "@switchboard/routing/ids";
import {
  type InboundRuleInput,
  inboundRuleInput,
  type OutboundRuleInput,
  outboundRuleInput,
} from "@switchboard/routing/input/routing-rule";
import { parsePattern, parsePrefix } from "@switchboard/routing/pattern";
import { type Bound, type Change, changeConfiguration, type Changed, readInput, writeAudit } from "./change.ts";
import { ControlError } from "./control-error.ts";
import { checkAgent, checkFallbackTarget, checkGroup, fallbackColumns } from "./fallback-columns.ts";
import { newRuleId } from "./ids.ts";

export function createInboundRules(bound: Bound) {
  return {
    /** Throws ControlError `rule_broken` (a pattern that can't be read), `not_found` (a target that is not the tenant's). */
    create: (input: InboundRuleInput): Promise<Changed<{ id: RuleId }>> =>
      changeConfiguration(bound, (change) => insertInboundRule(change, input)),
  };
}

export function createOutboundRules(bound: Bound) {
  return {
    /** Throws ControlError `rule_broken` (a prefix that can't be read). */
    create: (input: OutboundRuleInput): Promise<Changed<{ id: RuleId }>> =>
      changeConfiguration(bound, (change) => insertOutboundRule(change, input)),
  };
}

export async function insertInboundRule(change: Change, input: InboundRuleInput): Promise<{ id: RuleId }> {
  const { tx, tenantId, at } = change;
  const { targetType, targetId, fallback, ...fields } = readInput(inboundRuleInput, input);
  const country = await countryOf(change);
  refuseUnreadable("pattern", parsePattern(fields.pattern, country));
  if (fields.callerPattern !== null) refuseUnreadable("callerPattern", parsePattern(fields.callerPattern, country));
  const check = targetType === "voice_agent" ? checkAgent : checkGroup;
  await check(tx, { tenantId, id: targetId, path: ["targetId"] });
  await checkFallbackTarget(tx, tenantId, fallback);
  const id = newRuleId();
  const target = targetType === "voice_agent" ? { agentId: targetId } : { groupId: targetId };
  await tx.inboundRule.create({ data: { ...fields, ...fallbackColumns(fallback), ...target, tenantId, id, createdAt: at, updatedAt: at } });
  await writeAudit(change, {
    action: "inbound_rule.created",
    targetType: "inbound_rule",
    targetId: id,
    before: null,
    after: { id, ...fields, targetType, targetId, fallback },
  });
  return { id };
}

export async function insertOutboundRule(change: Change, input: OutboundRuleInput): Promise<{ id: RuleId }> {
  const { tx, tenantId, at } = change;
  const fields = readInput(outboundRuleInput, input);
  const country = await countryOf(change);
  refuseUnreadable("prefix", parsePrefix(fields.prefix, country));
  refuseUnreadable("callerIdPrefix", parsePrefix(fields.callerIdPrefix, country));
  const id = newRuleId();
  await tx.outboundRule.create({ data: { ...fields, tenantId, id, createdAt: at, updatedAt: at } });
  await writeAudit(change, {
    action: "outbound_rule.created",
    targetType: "outbound_rule",
    targetId: id,
    before: null,
    after: { id, ...fields },
  });
  return { id };
}

async function countryOf({ tx, tenantId }: Change): Promise<string | null> {
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { country: true } });
  return tenant.country;
}

function refuseUnreadable(field: string, parsed: { ok: true } | { ok: false; message: string }): void {
  if (!parsed.ok) throw new ControlError("rule_broken", parsed.message, { issues: [{ path: [field], message: parsed.message }] });
}
