/** What can be put back to an earlier state: for each kind of thing how it is read, changed and made anew. */
import { agentId, groupId, ruleId } from "@switchboard/routing/ids";
import { agentGroupInput } from "@switchboard/routing/input/agent-group";
import { outboundPolicyChange } from "@switchboard/routing/input/outbound-policy";
import { inboundRuleInput, outboundRuleInput } from "@switchboard/routing/input/routing-rule";
import { tenantChange } from "@switchboard/routing/input/tenant";
import { userChange } from "@switchboard/routing/input/user";
import { voiceAgentInput } from "@switchboard/routing/input/voice-agent";
import { z } from "zod";
import type { Agents } from "./agents.ts";
import { ControlError } from "../control-error.ts";
import type { Groups } from "./groups.ts";
import type { InboundRules } from "./inbound-rules.ts";
import type { OutboundPolicies } from "./outbound-policy.ts";
import type { OutboundRules } from "./outbound-rules.ts";
import type { TenantAdministration } from "./tenant-settings.ts";
import type { Users } from "../people/users.ts";

/** The functions that operators change things with; all checks are theirs. */
export type Resources = {
  agents: Agents;
  groups: Groups;
  inboundRules: InboundRules;
  outboundRules: OutboundRules;
  outboundPolicy: OutboundPolicies;
  settings: TenantAdministration;
  users: Users;
};

/** By the audit log's name of the kind; `revivable`: what is deleted can be made anew of what the log holds. */
const kinds = {
  voice_agent: { revivable: true },
  agent_group: { revivable: true },
  inbound_rule: { revivable: true },
  outbound_rule: { revivable: true },
  outbound_policy: { revivable: false },
  tenant: { revivable: false },
  user: { revivable: false },
} as const;
export type KindName = keyof typeof kinds;

export const isKind = (type: string): type is KindName => Object.hasOwn(kinds, type);
export const isRevivable = (kind: KindName): boolean => kinds[kind].revivable;

/** Functions throw as those of the thing's own file do. */
export type Kind = {
  /** As it is now. Throws ControlError `not_found`. */
  get: (id: string) => Promise<{ version: number }>;
  update: (id: string, before: object, version: number) => Promise<unknown>;
  create?: (id: string, before: object) => Promise<unknown>;
  /** The field that the log doesn't hold, and the one that says whether there is such a secret. */
  secret?: { field: string; flag: string };
};

/** Of what an entry holds, what an input takes. Throws ControlError `rule_broken`. */
function taken<Shape extends z.ZodRawShape>({ shape }: z.ZodObject<Shape>, before: object) {
  const read = z.object(shape).safeParse(before);
  if (!read.success) throw new ControlError("rule_broken", "This entry does not hold all that would be needed.");
  return read.data;
}

const agentFields = voiceAgentInput.omit({ password: true });
const tenantFields = tenantChange.omit({ version: true, cloudonixKey: true });
const policyFields = outboundPolicyChange.omit({ version: true });
const userFields = userChange.omit({ version: true, password: true });

const kindOfAgents = (agents: Agents): Kind => ({
  get: (id) => agents.get(id),
  update: (id, before, version) => agents.update(id, { ...taken(agentFields, before), version }),
  create: (id, before) => agents.create(taken(agentFields, before), agentId(id)),
  secret: { field: "password", flag: "hasPassword" },
});

const kindOfGroups = (groups: Groups): Kind => ({
  get: (id) => groups.get(id),
  update: (id, before, version) => groups.update(id, { ...taken(agentGroupInput, before), version }),
  create: (id, before) => groups.create(taken(agentGroupInput, before), groupId(id)),
});

const kindOfInboundRules = (rules: InboundRules): Kind => ({
  get: (id) => rules.get(id),
  update: (id, before, version) => rules.update(id, { ...taken(inboundRuleInput, before), version }),
  create: (id, before) => rules.create(taken(inboundRuleInput, before), ruleId(id)),
});

const kindOfOutboundRules = (rules: OutboundRules): Kind => ({
  get: (id) => rules.get(id),
  update: (id, before, version) => rules.update(id, { ...taken(outboundRuleInput, before), version }),
  create: (id, before) => rules.create(taken(outboundRuleInput, before), ruleId(id)),
});

export const kindsOf = (resources: Resources): Record<KindName, Kind> => ({
  voice_agent: kindOfAgents(resources.agents),
  agent_group: kindOfGroups(resources.groups),
  inbound_rule: kindOfInboundRules(resources.inboundRules),
  outbound_rule: kindOfOutboundRules(resources.outboundRules),
  outbound_policy: {
    get: () => resources.outboundPolicy.get(),
    update: (_id, before, version) => resources.outboundPolicy.update({ ...taken(policyFields, before), version }),
  },
  tenant: {
    get: () => resources.settings.get(),
    update: (_id, before, version) => resources.settings.update({ ...taken(tenantFields, before), version }),
    secret: { field: "cloudonixKey", flag: "hasCloudonixKey" },
  },
  user: {
    get: (id) => resources.users.get(id),
    update: (id, before, version) => resources.users.update(id, { ...taken(userFields, before), version }),
  },
});
