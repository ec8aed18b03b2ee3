/** The rules already known where the rows just read say nothing else: their memory is kept, and what is the same is told at a glance. */
import { ruleId } from "@switchboard/routing/ids";
import type { InboundRuleConfig, OutboundRuleConfig } from "@switchboard/routing/plan-source";
import type { KnownRules } from "@switchboard/routing/rule-changes";
import {
  type InboundRuleRow,
  inboundRuleOf,
  type OutboundRuleRow,
  outboundRuleOf,
  readTrunkConfig,
  type SharedTargets,
} from "./plan-rows.ts";
import { readFallback } from "../configuration/fallback-columns.ts";

// The rows are compared, not rules made of them: V8 puts what has proved long-lived straight into the old generation, where
// fifty thousand rules that nobody keeps would wait, with their texts, for a full collection.

const sameJson = (kept: object | null, text: string | null, read: (text: string) => object | null): boolean =>
  kept === null || text === null ? kept === text : JSON.stringify(kept) === JSON.stringify(read(text));

const saysTheSame = (kept: InboundRuleConfig, row: InboundRuleRow): boolean =>
  kept.pattern === row.pattern &&
  kept.callerPattern === row.caller_pattern &&
  kept.target.type === (row.agent_id === null ? "agent_group" : "voice_agent") &&
  kept.target.id === (row.agent_id ?? row.group_id) &&
  kept.priority === row.priority &&
  kept.enabled === (row.enabled === 1) &&
  kept.createdAt === row.created_at.getTime() &&
  sameJson(kept.fallback, row.fallback, readFallback);

export const keptInboundRule = (known: KnownRules["inbound"]["rules"], row: InboundRuleRow, targets: SharedTargets): InboundRuleConfig => {
  const kept = known.get(ruleId(row.id));
  return kept !== undefined && saysTheSame(kept, row) ? kept : inboundRuleOf(row, targets);
};

const saysTheSameOutbound = (kept: OutboundRuleConfig, row: OutboundRuleRow): boolean =>
  kept.callerIdPrefix === row.caller_id_prefix &&
  kept.prefix === row.prefix &&
  kept.priority === row.priority &&
  kept.enabled === (row.enabled === 1) &&
  kept.createdAt === row.created_at.getTime() &&
  sameJson(kept.trunkConfig, row.trunk_config, readTrunkConfig);

export const keptOutboundRule = (known: KnownRules["outbound"]["rules"], row: OutboundRuleRow): OutboundRuleConfig => {
  const kept = known.get(ruleId(row.id));
  return kept !== undefined && saysTheSameOutbound(kept, row) ? kept : outboundRuleOf(row);
};
