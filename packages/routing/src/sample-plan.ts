/** Test support: configurations in a few words. */
import { type AgentId, agentId, callId, type GroupId, groupId, type RuleId, ruleId, tenantId } from "./ids.ts";
import type {
  AgentConfig,
  GroupConfig,
  InboundRuleConfig,
  MemberConfig,
  OutboundRuleConfig,
  PlanSource,
  RuleTarget,
  TenantConfig,
} from "./plan-source.ts";
import { createRuleMap } from "./rule-map.ts";

const padded = (name: string | number): string => String(name).padStart(20, "0");

export const agt = (name: string | number): AgentId => agentId(`agt_${padded(name)}`);
export const grp = (name: string | number): GroupId => groupId(`grp_${padded(name)}`);
export const rul = (name: string | number): RuleId => ruleId(`rul_${padded(name)}`);
export const cal = (name: string | number) => callId(`cal_${padded(name)}`);

export const sampleTenant: TenantConfig = {
  id: tenantId(`ten_${padded(1)}`),
  key: "sample-key",
  name: "Sample",
  domain: "sample.example",
  aliases: [],
  country: null,
  fallback: null,
  maxConcurrentCalls: null,
};

export const sampleAgent = (name: string | number, overrides: Partial<AgentConfig> = {}): AgentConfig => ({
  id: agt(name),
  name: `Agent ${name}`,
  provider: "vapi",
  serviceValue: "+15550100077",
  username: null,
  password: null,
  enabled: true,
  capacity: null,
  ...overrides,
});

export const sampleMember = (name: string | number, overrides: Partial<MemberConfig> = {}): MemberConfig => ({
  agentId: agt(name),
  position: 1,
  priority: 1,
  weight: 1,
  capacity: null,
  enabled: true,
  ...overrides,
});

export const sampleGroup = (name: string | number, members: MemberConfig[], overrides: Partial<GroupConfig> = {}): GroupConfig => ({
  id: grp(name),
  name: `Group ${name}`,
  strategy: "round_robin",
  settings: {},
  fallback: null,
  members: members.map((member, index) => ({ ...member, position: index + 1 })),
  ...overrides,
});

export const toAgent = (name: string | number): RuleTarget => ({ type: "voice_agent", id: agt(name) });
export const toGroup = (name: string | number): RuleTarget => ({ type: "agent_group", id: grp(name) });

export const inboundRule = (name: string | number, pattern: string, overrides: Partial<InboundRuleConfig> = {}): InboundRuleConfig => ({
  id: rul(name),
  pattern,
  callerPattern: null,
  target: toAgent(1),
  priority: 100,
  enabled: true,
  fallback: null,
  createdAt: 0,
  ...overrides,
});

export const outboundRule = (name: string | number, overrides: Partial<OutboundRuleConfig> = {}): OutboundRuleConfig => ({
  id: rul(name),
  callerIdPrefix: null,
  prefix: null,
  trunkConfig: { trunks: ["carrier-a"] },
  priority: 100,
  enabled: true,
  createdAt: 0,
  ...overrides,
});

type SampleRules = { inboundRules?: InboundRuleConfig[]; outboundRules?: OutboundRuleConfig[] };
export type Sample = Omit<Partial<PlanSource>, keyof SampleRules> & SampleRules;

export const sampleSource = (overrides: Sample = {}): PlanSource => ({
  version: 1,
  tenant: sampleTenant,
  agents: [sampleAgent(1)],
  groups: [],
  ...overrides,
  inboundRules: createRuleMap(overrides.inboundRules),
  outboundRules: createRuleMap(overrides.outboundRules),
});
