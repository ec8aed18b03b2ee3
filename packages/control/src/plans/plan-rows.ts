/** Rows of the configuration tables as the parts of a plan's source. */
import { agentId, groupId, ruleId, type TenantId } from "@switchboard/routing/ids";
import type {
  AgentConfig,
  GroupConfig,
  InboundRuleConfig,
  MemberConfig,
  OutboundRuleConfig,
  RuleTarget,
  TrunkConfig,
} from "@switchboard/routing/plan-source";
import { z } from "zod";
import { passwordColumn } from "../configuration/agents.ts";
import { readFallback } from "../configuration/fallback-columns.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { unseal } from "../secrets/secrets.ts";

export const agentColumns = "id, name, provider, service_value, username, sealed_password, enabled, capacity";
export type AgentRow = {
  id: string;
  name: string;
  provider: string;
  service_value: string;
  username: string | null;
  sealed_password: string | null;
  enabled: number;
  capacity: number | null;
};

/** Throws when the password can't be opened: a key is missing from the ring. */
export function agentOf(row: AgentRow, tenantId: TenantId, keyRing: KeyRing): AgentConfig {
  const { id, name, provider, username, capacity } = row;
  const password =
    row.sealed_password === null ? null : unseal(keyRing, { tenantId, column: passwordColumn, rowId: id }, row.sealed_password);
  return { id: agentId(id), name, provider, serviceValue: row.service_value, username, password, enabled: row.enabled === 1, capacity };
}

const strategySchema = z.enum(["load_balanced", "priority", "round_robin"]);
const settingsSchema = z.object({
  windowHours: z.number().optional(),
  newMemberStart: z.enum(["level", "empty"]).optional(),
  ringSeconds: z.number().optional(),
  maxAttempts: z.number().optional(),
  maxTotalSeconds: z.number().optional(),
  maxCallSeconds: z.number().optional(),
});

/** From the columns as Prisma reads them. */
export const readStrategy = (text: string): GroupConfig["strategy"] => strategySchema.parse(text);
export const readSettings = (json: unknown): GroupConfig["settings"] => settingsSchema.parse(json);

export const groupColumns = "id, name, strategy, settings, fallback";
export type GroupRow = { id: string; name: string; strategy: string; settings: string; fallback: string | null };

export function groupOf(row: GroupRow, members: MemberConfig[]): GroupConfig {
  const settings = readSettings(JSON.parse(row.settings));
  return {
    id: groupId(row.id),
    name: row.name,
    strategy: readStrategy(row.strategy),
    settings,
    fallback: readFallback(row.fallback),
    members,
  };
}

export type MemberRow = {
  group_id: string;
  agent_id: string;
  position: number;
  priority: number;
  weight: number;
  capacity: number | null;
  enabled: number;
};

export function memberOf({ agent_id, position, priority, weight, capacity, enabled }: MemberRow): MemberConfig {
  return { agentId: agentId(agent_id), position, priority, weight, capacity, enabled: enabled === 1 };
}

export const inboundRuleColumns = "id, pattern, caller_pattern, agent_id, group_id, priority, enabled, fallback, created_at";
export type InboundRuleRow = {
  id: string;
  pattern: string;
  caller_pattern: string | null;
  agent_id: string | null;
  group_id: string | null;
  priority: number;
  enabled: number;
  fallback: string | null;
  created_at: Date;
};

// A CHECK keeps exactly one of the two.
const targetOf = ({ agent_id, group_id }: InboundRuleRow): RuleTarget =>
  agent_id === null ? { type: "agent_group", id: groupId(group_id ?? "") } : { type: "voice_agent", id: agentId(agent_id) };

export function inboundRuleOf(row: InboundRuleRow): InboundRuleConfig {
  return {
    id: ruleId(row.id),
    pattern: row.pattern,
    callerPattern: row.caller_pattern,
    target: targetOf(row),
    priority: row.priority,
    enabled: row.enabled === 1,
    fallback: readFallback(row.fallback),
    createdAt: row.created_at.getTime(),
  };
}

const trunkConfigSchema = z.object({
  trunks: z.array(z.string()),
  callerId: z.string().optional(),
  timeoutSeconds: z.number().optional(),
  timeLimitSeconds: z.number().optional(),
});

/** From the column as Prisma reads it. */
export const storedTrunkConfigOf = (json: unknown): TrunkConfig => trunkConfigSchema.parse(json);
const readTrunkConfig = (text: string): TrunkConfig => storedTrunkConfigOf(JSON.parse(text));

export const outboundRuleColumns = "id, caller_id_prefix, prefix, trunk_config, priority, enabled, created_at";
export type OutboundRuleRow = {
  id: string;
  caller_id_prefix: string | null;
  prefix: string | null;
  trunk_config: string;
  priority: number;
  enabled: number;
  created_at: Date;
};

export function outboundRuleOf(row: OutboundRuleRow): OutboundRuleConfig {
  const { prefix, priority } = row;
  return {
    id: ruleId(row.id),
    callerIdPrefix: row.caller_id_prefix,
    prefix,
    trunkConfig: readTrunkConfig(row.trunk_config),
    priority,
    enabled: row.enabled === 1,
    createdAt: row.created_at.getTime(),
  };
}
