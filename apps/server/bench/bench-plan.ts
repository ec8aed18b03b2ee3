/** Configurations made up for measuring: a group of so many agents, and tenants with so many rules. */
import { agentId, type AgentId, groupId, type RuleId, ruleId, tenantId } from "@switchboard/routing/ids";
import type { GroupSettings, InboundRuleConfig, PlanSource, Strategy } from "@switchboard/routing/plan-source";
import { createRuleMap } from "@switchboard/routing/rule-map";

const idOf = (kind: string, number: number): string => `${kind}_${number.toString(36).padStart(20, "0")}`;
export const agentIdOf = (number: number): AgentId => agentId(idOf("agt", number));
const ruleIdOf = (number: number): RuleId => ruleId(idOf("rul", number));
const group = groupId(idOf("grp", 1));

export type PlanSize = { tenant: number; members: number; strategy: Strategy; rules: number; settings?: GroupSettings };

/** Of a hundred rules eighty name a number, fifteen a prefix, five a number and a caller. */
export const ruleOf = (number: number): InboundRuleConfig => {
  const local = String(number).padStart(7, "0");
  const isPrefix = number % 100 >= 80 && number % 100 < 95;
  return {
    id: ruleIdOf(number),
    pattern: isPrefix ? `+1${String(number % 800).padStart(3, "2")}${local.slice(-5)}*` : `+1555${local}`,
    callerPattern: number % 100 >= 95 ? "+1444*" : null,
    target: { type: "agent_group", id: group },
    priority: 100,
    enabled: true,
    fallback: null,
    createdAt: 1_767_225_600_000 + number,
  };
};

/** The number that the rule of that number names. */
export const calledNumber = (number: number): string => `+1555${String(number).padStart(7, "0")}`;

const takesTheRest = (number: number): InboundRuleConfig => ({ ...ruleOf(number), pattern: "*", callerPattern: null });

export const planSourceOf = ({ tenant, members, strategy, rules, settings = {} }: PlanSize): PlanSource => ({
  version: 1,
  tenant: {
    ...{ id: tenantId(idOf("ten", tenant)), key: `key-${tenant}`, name: "Bench", domain: "bench.example", aliases: [] },
    ...{ country: "US", fallback: null, maxConcurrentCalls: null },
  },
  agents: Array.from({ length: members }, (_, number) => ({
    ...{ id: agentIdOf(number), name: `Agent ${number}`, provider: "retell", serviceValue: "+15550100101" },
    ...{ username: null, password: null, enabled: true, capacity: null },
  })),
  groups: [
    {
      ...{ id: group, name: "Everybody", strategy, settings, fallback: null },
      members: Array.from({ length: members }, (_, position) => ({
        ...{ agentId: agentIdOf(position), position, priority: 1, weight: 1, capacity: null, enabled: true },
      })),
    },
  ],
  inboundRules: createRuleMap([...Array.from({ length: rules }, (_, number) => ruleOf(number)), takesTheRest(rules)]),
  outboundRules: createRuleMap(),
});
