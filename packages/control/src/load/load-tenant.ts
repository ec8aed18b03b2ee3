/** What a tenant has that made-up calls can go by: its rules, where they lead, and whose the agents are. */
import { type AgentId, agentId, groupId, type RuleId, ruleId, type TargetId, type TenantId } from "@switchboard/routing/ids";
import { type Queryable, rowsOf } from "../database/sql.ts";

export type LoadRule = {
  id: RuleId;
  direction: "inbound" | "outbound";
  numbers: string[];
  target: TargetId | null;
  agents: AgentId[];
  trunk: string;
};
export type LoadTenant = { tenantId: TenantId; rules: LoadRule[]; providers: Record<string, string> };

const mostRules = 500;
const numbersOfPrefix = 12;

type RuleRow = { id: string; match_key: string; pattern: string; agent_id: string | null; group_id: string | null };

/** Throws, in words, when there is no inbound rule that leads to an agent. */
export async function readLoadTenant(connection: Queryable, tenantId: TenantId): Promise<LoadTenant> {
  const of = [tenantId];
  const inbound = await rowsOf<RuleRow>(
    connection,
    `SELECT id, match_key, pattern, agent_id, group_id FROM inbound_rules WHERE tenant_id = ? AND enabled = 1 ORDER BY evaluation_key, id LIMIT ${mostRules}`,
    of,
  );
  const outbound = await rowsOf<{ id: string; match_key: string }>(
    connection,
    `SELECT id, match_key FROM outbound_rules WHERE tenant_id = ? AND enabled = 1 ORDER BY evaluation_key, id LIMIT ${mostRules}`,
    of,
  );
  const members = Map.groupBy(
    await rowsOf<{ group_id: string; agent_id: string }>(
      connection,
      "SELECT group_id, agent_id FROM group_members WHERE tenant_id = ? AND enabled = 1 ORDER BY group_id, position",
      of,
    ),
    (row) => row.group_id,
  );
  const agents = await rowsOf<{ id: string; provider: string }>(
    connection,
    "SELECT id, provider FROM voice_agents WHERE tenant_id = ?",
    of,
  );
  const rules = [
    ...inbound.map((rule): LoadRule => {
      const group = rule.group_id === null ? undefined : (members.get(rule.group_id) ?? []).map((row) => agentId(row.agent_id));
      const target = rule.group_id === null ? agentId(rule.agent_id ?? "") : groupId(rule.group_id);
      return {
        id: ruleId(rule.id),
        direction: "inbound",
        numbers: numbersOf(rule),
        target,
        agents: group ?? [agentId(rule.agent_id ?? "")],
        trunk: "",
      };
    }),
    ...outbound.map(
      (rule): LoadRule => ({
        id: ruleId(rule.id),
        direction: "outbound",
        numbers: numbersOf(rule),
        target: null,
        agents: [],
        trunk: "main",
      }),
    ),
  ].filter((rule) => rule.direction === "outbound" || rule.agents.length > 0);
  if (!rules.some(({ direction }) => direction === "inbound"))
    throw new Error("The tenant has no inbound rule that leads to an agent: calls are made up for the rules and agents it has.");
  return { tenantId, rules, providers: Object.fromEntries(agents.map(({ id, provider }) => [id, provider])) };
}

/** The one number of a rule, or some that begin with its prefix. */
function numbersOf({ match_key: key, pattern = "" }: { match_key: string; pattern?: string }): string[] {
  const digits = key.replace(/\D/g, "") || "1415555";
  if (digits.length >= 10 && !pattern.includes("*")) return [`+${digits}`];
  return Array.from(
    { length: numbersOfPrefix },
    (_, place) => `+${digits}${String(place * 137 + 11).padStart(Math.max(2, 11 - digits.length), "0")}`,
  );
}
