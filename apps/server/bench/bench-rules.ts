/** A tenant with tens of thousands of rules in the database, put there in bulk: through the product's functions it would take minutes. */
import { createDatabase } from "@switchboard/control/database";
import { execute, placeholders, rowsOf } from "@switchboard/control/sql";
import { inboundOrder } from "@switchboard/routing/rule-order";
import { ruleOf } from "./bench-plan.ts";
import { fillDatabase } from "./bench-tenant.ts";

const rulesPerInsert = 1_000;

/** The tenant's id; the rules point at its one group. */
export const fillRules = async (databaseUrl: string, keyRing: string, rules: number): Promise<string> => {
  await fillDatabase(databaseUrl, keyRing, [{ name: "many", members: 10, strategy: "load_balanced" }]);
  const database = createDatabase(databaseUrl);
  try {
    const [group] = await rowsOf<{ tenant_id: string; id: string }>(database.backgroundPool, "SELECT tenant_id, id FROM agent_groups");
    if (!group) throw new Error("the tenant has no group");
    for (let from = 0; from < rules; from += rulesPerInsert) {
      const slice = Array.from({ length: Math.min(rulesPerInsert, rules - from) }, (_, index) => ruleOf(from + index));
      await execute(
        database.backgroundPool,
        `INSERT INTO inbound_rules (tenant_id, id, pattern, caller_pattern, group_id, priority, evaluation_key, match_key, created_at, updated_at)
         VALUES ${placeholders(slice.length, 10)}`,
        slice.flatMap((rule) => {
          const { evaluationKey, matchKey } = inboundOrder(rule, null);
          const at = new Date(rule.createdAt);
          return [group.tenant_id, rule.id, rule.pattern, rule.callerPattern, group.id, rule.priority, evaluationKey, matchKey, at, at];
        }),
      );
    }
    return group.tenant_id;
  } finally {
    await database.close();
  }
};
