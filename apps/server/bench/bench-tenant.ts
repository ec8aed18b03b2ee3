/** Fills an empty database with tenants, as operators would, through the product's own functions. */
import { createAgents } from "@switchboard/control/agents";
import type { Bound } from "@switchboard/control/change";
import { createDatabase } from "@switchboard/control/database";
import { createGroups } from "@switchboard/control/groups";
import { readKeyRing } from "@switchboard/control/key-ring";
import { createPasswords } from "@switchboard/control/passwords";
import { createInboundRules } from "@switchboard/control/inbound-rules";
import { type CreatedTenant, createTenant } from "@switchboard/control/tenants";
import type { Strategy } from "@switchboard/routing/plan-source";

/** A tenant with one group that answers every number; its agents have no limit. */
export type BenchTenant = { name: string; members: number; strategy: Strategy };
export type FilledTenant = BenchTenant & CreatedTenant;

/** Long, so that no lease runs out while rounds are measured. */
const ringSeconds = 120;

export const fillDatabase = async (databaseUrl: string, keyRingText: string, tenants: BenchTenant[]): Promise<FilledTenant[]> => {
  const database = createDatabase(databaseUrl);
  const deps = { database, keyRing: readKeyRing(keyRingText), passwords: createPasswords() };
  const filled: FilledTenant[] = [];
  try {
    for (const tenant of tenants) {
      const domain = `${tenant.name}.example`;
      const created = await createTenant(deps, { domain, email: `admin@${domain}`, password: `bench ${crypto.randomUUID()}` });
      await configure({ ...deps, tenantId: created.tenantId, actor: { id: null, name: "bench" }, announce: async () => {} }, tenant);
      filled.push({ ...tenant, ...created });
    }
  } finally {
    await database.close();
  }
  return filled;
};

const configure = async (bound: Bound, { members, strategy }: BenchTenant) => {
  const agents = createAgents(bound);
  const ids: string[] = [];
  for (let number = 1; number <= members; number++) {
    const { item } = await agents.create({ name: `Agent ${number}`, provider: "retell", serviceValue: `+1555010${1000 + number}` });
    ids.push(item.id);
  }
  const { item: group } = await createGroups(bound).create({
    name: "Everybody",
    strategy,
    settings: { ringSeconds, maxTotalSeconds: ringSeconds },
    members: ids.map((agentId) => ({ agentId })),
  });
  await createInboundRules(bound).create({ pattern: "*", targetType: "agent_group", targetId: group.id });
};
