/** A tenant with as many call records as wanted, written by the database itself: in no order of their ids, as calls come. */
import { createAgents } from "@switchboard/control/agents";
import type { Database } from "@switchboard/control/database";
import { createGroups } from "@switchboard/control/groups";
import { createInboundRules } from "@switchboard/control/inbound-rules";
import { readKeyRing } from "@switchboard/control/key-ring";
import { createPasswords } from "@switchboard/control/passwords";
import { execute } from "@switchboard/control/sql";
import { createTenant } from "@switchboard/control/tenants";
import type { TenantId } from "@switchboard/routing/ids";

export type ExportingTenant = { tenantId: TenantId; email: string; password: string };

const rowsPerStatement = 10_000;
const agents = 20;

const columns = `tenant_id, id, session, direction, from_number, to_number, status, state, reason, rule_id, group_id, agent_id, started_at,
  answered, answered_at, ended_at, ring_seconds, duration_seconds, traits, from_tail, to_tail, fold, updated_at`;

/** `{i}` is the call's place, the latest first. */
const values = `?, CONCAT('cal_', SUBSTR(MD5({i}), 1, 20)), MD5(CONCAT('session', {i})), 'inbound', CONCAT('+1415', LPAD({i} MOD 9999991, 7, '0')),
  '+15550100001', IF({i} MOD 4, 'completed', 'no-answer'), IF({i} MOD 4, 'completed', 'no-answer'), 'matched', ?, ?, ELT(1 + {i} MOD ?, {agents}),
  ? - INTERVAL {i} * 350000 MICROSECOND, {i} MOD 4 > 0, IF({i} MOD 4, ? - INTERVAL {i} * 350000 MICROSECOND, NULL), ? - INTERVAL {i} * 350000 MICROSECOND,
  4, IF({i} MOD 4, {i} MOD 300, NULL), IF({i} MOD 4, 4, 0), REVERSE(CONCAT('1415', LPAD({i} MOD 9999991, 7, '0'))), '10000105551', '{}', NOW(3)`;

export const fillCalls = async (
  database: Database,
  keyRingText: string,
  calls: number,
  onPart: (written: number) => void,
): Promise<ExportingTenant> => {
  const deps = { database, keyRing: readKeyRing(keyRingText), passwords: createPasswords() };
  const [email, password] = ["admin@bench.example", `bench ${crypto.randomUUID()}`];
  const { tenantId } = await createTenant(deps, { domain: "bench.example", email, password });
  const bound = { ...deps, tenantId, actor: { id: null, name: "bench" }, announce: async () => {} };
  const ids: string[] = [];
  for (let number = 0; number < agents; number += 1)
    ids.push(
      (await createAgents(bound).create({ name: `Agent ${number}`, provider: "retell", serviceValue: `+1555010${number}` })).item.id,
    );
  const { item: group } = await createGroups(bound).create({
    name: "Everybody",
    strategy: "round_robin",
    members: ids.map((agentId) => ({ agentId })),
  });
  const { item: rule } = await createInboundRules(bound).create({ pattern: "*", targetType: "agent_group", targetId: group.id });

  const latest = new Date(Date.now() - 60_000);
  const marks = ids.map(() => "?").join(",");
  for (let first = 0; first < calls; first += rowsPerStatement) {
    const count = Math.min(rowsPerStatement, calls - first);
    const numbers = `(WITH RECURSIVE n AS (SELECT ${first} AS i UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${first + count}) SELECT i FROM n) b`;
    const sql = `INSERT INTO call_records (${columns}) SELECT ${values.replaceAll("{i}", "b.i").replace("{agents}", marks)} FROM ${numbers}`;
    const given = [tenantId, rule.id, group.id, agents, ...ids, latest, latest, latest];
    await execute(database.backgroundPool, `SET STATEMENT max_recursive_iterations = 100000 FOR ${sql}`, given);
    onPart(first + count);
  }
  return { tenantId, email, password };
};
