/** Reads a tenant's configuration as one consistent whole, in pages, so that 50,000 rules never hold up a call. */
import type { RuleId, TenantId } from "@switchboard/routing/ids";
import type { PlanSource, RuleChange, TenantConfig } from "@switchboard/routing/plan-source";
import type { Plan } from "@switchboard/routing/plan";
import { readRules } from "@switchboard/routing/rule-map";
import type { Database } from "../database/database.ts";
import { readFallback } from "../configuration/fallback-columns.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import {
  type AgentRow,
  agentColumns,
  agentOf,
  type GroupRow,
  groupColumns,
  groupOf,
  type InboundRuleRow,
  inboundRuleColumns,
  inboundRuleOf,
  type MemberRow,
  memberOf,
  type OutboundRuleRow,
  outboundRuleColumns,
  outboundRuleOf,
} from "./plan-rows.ts";
import { readDeny } from "../configuration/outbound-policy.ts";
import { inSnapshot, type Queryable, rowsOf } from "../database/sql.ts";

/**
 * Reading so many rows takes about half a millisecond of the event loop, and ten times as long in a process that has just started: the
 * first page is short, each of the next ones twice as long.
 */
const pageRows = { first: 10, most: 100 };

/** The rules as they are known so far: of those that still say the same nothing is kept anew. */
type KnownRules = { [Kind in "inbound" | "outbound"]: Pick<Plan[Kind], "rules"> };

/** Null when there is no such tenant. Passwords are opened; throws when the key ring lacks one of their keys. */
export async function loadPlanSource(
  database: Database,
  keyRing: KeyRing,
  tenantId: TenantId,
  known?: KnownRules,
): Promise<PlanSource | null> {
  return await inSnapshot(database.backgroundPool, async (connection) => {
    const head = await loadTenant(connection, tenantId);
    if (!head) return null;
    const page = { connection, tenantId };
    const agents = await pages<AgentRow, PlanSource["agents"][number]>({ ...page, table: "voice_agents", columns: agentColumns }, (row) =>
      agentOf(row, tenantId, keyRing),
    );
    const members = Map.groupBy(await loadMembers(connection, tenantId), (row) => row.group_id);
    const groups = await pages<GroupRow, PlanSource["groups"][number]>({ ...page, table: "agent_groups", columns: groupColumns }, (row) =>
      groupOf(row, (members.get(row.id) ?? []).map(memberOf)),
    );
    const inbound = readRules(known?.inbound.rules);
    await eachRow({ ...page, table: "inbound_rules", columns: inboundRuleColumns }, (row: InboundRuleRow) =>
      inbound.take(inboundRuleOf(row)),
    );
    const outbound = readRules(known?.outbound.rules);
    await eachRow({ ...page, table: "outbound_rules", columns: outboundRuleColumns }, (row: OutboundRuleRow) =>
      outbound.take(outboundRuleOf(row)),
    );
    return { ...head, agents, groups, inboundRules: inbound.end(), outboundRules: outbound.end() };
  });
}

/** One rule as it is now, for patching a live plan; `rule` null when it is gone. */
export async function loadRule(
  { backgroundPool }: Database,
  tenantId: TenantId,
  { kind, id }: { kind: RuleChange["kind"]; id: RuleId },
): Promise<RuleChange> {
  if (kind === "inbound") {
    const [row] = await rowsOf<InboundRuleRow>(
      backgroundPool,
      `SELECT ${inboundRuleColumns} FROM inbound_rules WHERE tenant_id = ? AND id = ?`,
      [tenantId, id],
    );
    return { kind, id, rule: row ? inboundRuleOf(row) : null };
  }
  const [row] = await rowsOf<OutboundRuleRow>(
    backgroundPool,
    `SELECT ${outboundRuleColumns} FROM outbound_rules WHERE tenant_id = ? AND id = ?`,
    [tenantId, id],
  );
  return { kind, id, rule: row ? outboundRuleOf(row) : null };
}

type TenantRow = {
  webhook_key: string;
  name: string;
  country: string | null;
  fallback: string | null;
  max_concurrent_calls: number | null;
  outbound_deny: string | null;
  outbound_max_concurrent: number | null;
  outbound_max_per_minute: number | null;
  plan_version: number;
};

async function loadTenant(connection: Queryable, id: TenantId): Promise<{ version: number; tenant: TenantConfig } | null> {
  const [row] = await rowsOf<TenantRow>(
    connection,
    `SELECT webhook_key, name, country, fallback, max_concurrent_calls, outbound_deny, outbound_max_concurrent, outbound_max_per_minute,
       plan_version FROM tenants WHERE id = ?`,
    [id],
  );
  if (!row) return null;
  const domains = await rowsOf<{ domain: string; is_primary: number }>(
    connection,
    "SELECT domain, is_primary FROM tenant_domains WHERE tenant_id = ? ORDER BY position",
    [id],
  );
  const domain = domains.find((each) => each.is_primary === 1)?.domain ?? "";
  const aliases = domains.filter((each) => each.is_primary !== 1).map((each) => each.domain);
  const { name, country } = row;
  const tenant = {
    id,
    key: row.webhook_key,
    name,
    domain,
    aliases,
    country,
    fallback: readFallback(row.fallback),
    maxConcurrentCalls: row.max_concurrent_calls,
    outboundPolicy: {
      deny: row.outbound_deny === null ? [] : readDeny(JSON.parse(row.outbound_deny)),
      maxConcurrent: row.outbound_max_concurrent,
      maxPerMinute: row.outbound_max_per_minute,
    },
  };
  return { version: row.plan_version, tenant };
}

type Pages = {
  connection: Queryable;
  tenantId: TenantId;
  table: "voice_agents" | "agent_groups" | "inbound_rules" | "outbound_rules";
  columns: string;
};

async function pages<Row extends { id: string }, Item>(of: Pages, itemOf: (row: Row) => Item): Promise<Item[]> {
  const items: Item[] = [];
  await eachRow<Row>(of, (row) => items.push(itemOf(row)));
  return items;
}

async function eachRow<Row extends { id: string }>(
  { connection, tenantId, table, columns }: Pages,
  take: (row: Row) => void,
): Promise<void> {
  let after = "";
  for (let most = pageRows.first; ; most = Math.min(most * 2, pageRows.most)) {
    const rows = await rowsOf<Row>(connection, `SELECT ${columns} FROM ${table} WHERE tenant_id = ? AND id > ? ORDER BY id LIMIT ${most}`, [
      tenantId,
      after,
    ]);
    for (const row of rows) take(row);
    const last = rows.at(-1);
    if (!last || rows.length < most) return;
    after = last.id;
  }
}

async function loadMembers(connection: Queryable, tenantId: TenantId): Promise<MemberRow[]> {
  const members: MemberRow[] = [];
  for (let after = { group_id: "", agent_id: "" }; ; ) {
    const rows = await rowsOf<MemberRow>(
      connection,
      `SELECT group_id, agent_id, position, priority, weight, capacity, enabled FROM group_members
       WHERE tenant_id = ? AND group_id >= ? AND (group_id > ? OR agent_id > ?) ORDER BY group_id, agent_id LIMIT ${pageRows.most}`,
      [tenantId, after.group_id, after.group_id, after.agent_id],
    );
    for (const row of rows) members.push(row);
    const last = rows.at(-1);
    if (!last || rows.length < pageRows.most) return members;
    after = last;
  }
}
