/** Binds what is done at the machine to one tenant, written down as done there. */
import type { UsersBound } from "@switchboard/control/users";
import type { TenantId } from "@switchboard/routing/ids";
import type { Admin } from "./open-admin.ts";

export const boundTo = ({ database, keyRing, passwords, tellSessions, tellPlan }: Admin, tenantId: TenantId): UsersBound => ({
  database,
  keyRing,
  passwords,
  tenantId,
  actor: { id: null, name: "npm run admin" },
  announce: ({ version }) => tellPlan({ tenantId, version, rule: null }),
  sessionsEnded: tellSessions,
});
