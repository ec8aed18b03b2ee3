/** A tenant's configuration as operators decided it: what a plan is compiled from. Nothing here is derived. */
import type { AgentId, GroupId, RuleId, TargetId, TenantId } from "./ids.ts";
import type { RuleMap } from "./rule-map.ts";

export type Strategy = "load_balanced" | "priority" | "round_robin";
export type RejectReason = "busy" | "rejected" | "congestion" | "failed";

/** What happens when nobody can take a call; null inherits: rule, then group, then tenant, then built in. */
export type Fallback =
  | null
  | { type: "voice_agent"; targetId: AgentId }
  | { type: "agent_group"; targetId: GroupId }
  | { type: "number"; number: string; trunks?: string[] | undefined }
  | { type: "sip"; uri: string }
  | { type: "message"; text: string; language?: string | undefined }
  | { type: "reject"; reason: RejectReason }
  | { type: "hangup" };

export type GroupSettings = {
  windowHours?: number | undefined;
  newMemberStart?: "level" | "empty" | undefined;
  ringSeconds?: number | undefined;
  maxAttempts?: number | undefined;
  maxTotalSeconds?: number | undefined;
  maxCallSeconds?: number | undefined;
};

/** What holds for every call out (routing: outbound). */
export type OutboundPolicy = {
  /** Prefixes and countries as outbound rules name them, `*` for everything; wins over every rule. */
  deny: string[];
  /** Outbound calls at the same time, and new ones in any sixty seconds; null no limit, 0 none. */
  maxConcurrent: number | null;
  maxPerMinute: number | null;
};

export type TenantConfig = {
  id: TenantId;
  /** The path secret of the tenant's webhook URLs. */
  key: string;
  name: string;
  domain: string;
  aliases: string[];
  /** ISO 3166 alpha-2; national numbers beginning with 0 belong to it. */
  country: string | null;
  fallback: Fallback;
  maxConcurrentCalls: number | null;
  /** Absent: nothing is denied, nothing limited. */
  outboundPolicy?: OutboundPolicy | undefined;
};

export type AgentConfig = {
  id: AgentId;
  name: string;
  provider: string;
  serviceValue: string;
  username: string | null;
  /** Opened; lives in memory only and leaves only in the voice door's CXML. */
  password: string | null;
  enabled: boolean;
  /** Concurrent calls over all groups; null no limit, 0 none. */
  capacity: number | null;
};

export type MemberConfig = {
  agentId: AgentId;
  position: number;
  /** 1 first. */
  priority: number;
  /** 1 to 100. */
  weight: number;
  capacity: number | null;
  enabled: boolean;
};

export type GroupConfig = {
  id: GroupId;
  name: string;
  strategy: Strategy;
  settings: GroupSettings;
  fallback: Fallback;
  members: MemberConfig[];
};

export type RuleTarget = { type: "voice_agent"; id: AgentId } | { type: "agent_group"; id: GroupId };

export type InboundRuleConfig = {
  id: RuleId;
  pattern: string;
  callerPattern: string | null;
  target: RuleTarget;
  /** 1 first, default 100. */
  priority: number;
  enabled: boolean;
  fallback: Fallback;
  /** Milliseconds since the epoch; the older of two equal rules wins. */
  createdAt: number;
};

export type TrunkConfig = {
  trunks: string[];
  callerId?: string | undefined;
  timeoutSeconds?: number | undefined;
  timeLimitSeconds?: number | undefined;
};

export type OutboundRuleConfig = {
  id: RuleId;
  /** `+44`, `+4420` or a country (`GB`); null matches every caller. */
  callerIdPrefix: string | null;
  /** The same of the destination. */
  prefix: string | null;
  trunkConfig: TrunkConfig;
  priority: number;
  enabled: boolean;
  createdAt: number;
};

export type PlanSource = {
  /** Rises by one with every change of the tenant's configuration. */
  version: number;
  tenant: TenantConfig;
  agents: AgentConfig[];
  groups: GroupConfig[];
  inboundRules: RuleMap<InboundRuleConfig>;
  outboundRules: RuleMap<OutboundRuleConfig>;
};

/** One edit of a live plan: a saved rule, or one removed. */
export type RuleChange =
  | { kind: "inbound"; id: RuleId; rule: InboundRuleConfig | null }
  | { kind: "outbound"; id: RuleId; rule: OutboundRuleConfig | null };

/** A group as the resolver and the claim see it: defaults filled in, members sorted by (position, id). */
export type CompiledGroup = {
  id: TargetId;
  name: string;
  strategy: Strategy;
  settings: { [K in keyof GroupSettings]-?: NonNullable<GroupSettings[K]> };
  fallback: Fallback;
  members: CompiledMember[];
};

export type CompiledMember = {
  agentId: AgentId;
  position: number;
  priority: number;
  weight: number;
  memberCapacity: number | null;
  agentCapacity: number | null;
  /** Member and agent both enabled. */
  enabled: boolean;
};
