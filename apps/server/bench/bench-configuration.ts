/** A tenant as large as one gets, put into the database in bulk: through the product's functions it would take minutes. */
import { createDatabase, type Database } from "@switchboard/control/database";
import { execute, placeholders, rowsOf, type SqlValue } from "@switchboard/control/sql";
import { hashToken, mintToken } from "@switchboard/control/tokens";
import { tenantId, type TenantId, userId, type UserId } from "@switchboard/routing/ids";
import { fillRules } from "./bench-rules.ts";

export type LargeTenant = { agents: number; groups: number; membersOfEach: number; rules: number };

const rowsPerInsert = 1_000;
const idOf = (kind: string, number: number): string => `${kind}_${number.toString(36).padStart(20, "0")}`;

const insert = async ({ backgroundPool }: Database, into: string, rows: SqlValue[][]) => {
  for (let from = 0; from < rows.length; from += rowsPerInsert) {
    const slice = rows.slice(from, from + rowsPerInsert);
    await execute(backgroundPool, `INSERT INTO ${into} VALUES ${placeholders(slice.length, slice[0]?.length ?? 0)}`, slice.flat());
  }
};

/** What a script needs to speak for it at both doors. */
export type FilledLarge = {
  tenantId: TenantId;
  userId: UserId;
  tenantKey: string;
  webhookToken: string;
  /** The first and the last. */
  agents: string[];
  agentIds: string[];
  group: string;
  rule: string;
};

const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

const fillAgents = (database: Database, tenant: string, count: number) => {
  const at = new Date();
  const rows = numbers(count).map((n) => [tenant, idOf("agt", n), `Agent number ${n}`, "retell", `+1555010${n}`, "{}", at, at]);
  return insert(database, "voice_agents (tenant_id, id, name, provider, service_value, metadata, created_at, updated_at)", rows);
};

const fillGroups = async (database: Database, tenant: string, { groups, membersOfEach, agents }: LargeTenant) => {
  const at = new Date();
  const rows = numbers(groups).map((n) => [tenant, idOf("grp", n), `Group number ${n}`, "round_robin", "{}", at, at]);
  await insert(database, "agent_groups (tenant_id, id, name, strategy, settings, created_at, updated_at)", rows);
  const members = numbers(groups).flatMap((group) =>
    numbers(membersOfEach).map((n) => [tenant, idOf("grp", group), idOf("agt", (group * membersOfEach + n) % agents), n]),
  );
  await insert(database, "group_members (tenant_id, group_id, agent_id, position)", members);
};

/** One rule is told apart by its pattern, which no other has. */
const pickedPattern = "+15550020000";

export const fillLargeTenant = async (databaseUrl: string, keyRing: string, size: LargeTenant): Promise<FilledLarge> => {
  const tenant = await fillRules(databaseUrl, keyRing, size.rules);
  const database = createDatabase(databaseUrl);
  try {
    await fillAgents(database, tenant, size.agents);
    await fillGroups(database, tenant, size);
    const webhookToken = mintToken();
    await insert(database, "webhook_tokens (tenant_id, id, hash, created_at)", [
      [tenant, idOf("tok", 1), hashToken(webhookToken), new Date()],
    ]);
    const [row] = await rowsOf<{ user: string; key: string; rule: string }>(
      database.pool,
      `SELECT u.id AS user, t.webhook_key AS \`key\`, r.id AS rule FROM tenants t
       JOIN users u ON u.tenant_id = t.id JOIN inbound_rules r ON r.tenant_id = t.id AND r.pattern = ? WHERE t.id = ?`,
      [pickedPattern, tenant],
    );
    if (!row) throw new Error("the tenant was not filled");
    return {
      ...{ tenantId: tenantId(tenant), userId: userId(row.user), tenantKey: row.key, webhookToken },
      agentIds: numbers(size.agents).map((n) => idOf("agt", n)),
      ...{ agents: [idOf("agt", 0), idOf("agt", size.agents - 1)], group: idOf("grp", size.groups - 1), rule: row.rule },
    };
  } finally {
    await database.close();
  }
};
