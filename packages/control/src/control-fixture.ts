/** What this package's tests stand on: a migrated database of their own, a key ring, and tenants in it. */
import { randomBytes } from "node:crypto";
import type { TenantId } from "@switchboard/routing/ids";
import { createTestDatabase } from "../../../tests/database.ts";
import { createAgents } from "./configuration/agents.ts";
import type { Bound } from "./configuration/change.ts";
import { createDatabase } from "./database/database.ts";
import { createGroups } from "./configuration/groups.ts";
import { createInboundRules } from "./configuration/inbound-rules.ts";
import { readKeyRing } from "./secrets/key-ring.ts";
import { migrate } from "./database/migrate.ts";
import { createOutboundRules } from "./configuration/outbound-rules.ts";
import { createPasswords } from "./secrets/passwords.ts";
import { createTenant } from "./configuration/tenants.ts";
import { createUsers } from "./people/users.ts";

export async function openControl() {
  const url = await createTestDatabase();
  await migrate(url);
  const database = createDatabase(url);
  const keyRing = readKeyRing(`k1:${randomBytes(32).toString("base64")}`);
  const deps = { database, keyRing, passwords: createPasswords() };
  let tenants = 0;
  const configurationOf = (tenantId: TenantId) => {
    const bound: Bound = { database, keyRing, tenantId, actor: { id: null, name: "test" }, announce: async () => {} };
    return {
      agents: createAgents(bound),
      groups: createGroups(bound),
      inboundRules: createInboundRules(bound),
      outboundRules: createOutboundRules(bound),
      users: createUsers({ ...bound, passwords: deps.passwords, sessionsEnded: async () => {} }),
    };
  };
  return {
    ...deps,
    url,
    deps,
    async newTenant() {
      tenants += 1;
      const email = `admin${tenants}@tenant.example`;
      const password = "correct horse battery";
      const created = await createTenant(deps, { domain: `tenant${tenants}.example`, email, password });
      return { ...created, email, password, configuration: configurationOf(created.tenantId) };
    },
    [Symbol.asyncDispose]: () => database.close(),
  };
}
