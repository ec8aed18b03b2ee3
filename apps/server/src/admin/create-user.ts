/** `create-user`: one more person of a tenant. */
import { findTenantByDomain } from "@switchboard/control/tenants";
import { createUsers } from "@switchboard/control/users";
import { boundTo } from "./bound-to.ts";
import { type AdminCommand, missing, usage } from "./options.ts";

const roleOf = (text = "user"): "admin" | "user" => {
  if (text === "admin" || text === "user") return text;
  throw new Error(`--role is admin or user\n${usage}`);
};

export const createUserCommand: AdminCommand = async (admin, options) => {
  const { domain, email, password } = options;
  if (domain === undefined || email === undefined || password === undefined) throw missing({ domain, email, password });
  const role = roleOf(options.role);
  const tenant = await findTenantByDomain(admin.database, domain);
  if (tenant === null) throw new Error(`No tenant has the domain ${domain}.`);
  return { ...(await createUsers(boundTo(admin, tenant)).create({ email, password, role, name: options.name ?? null })), domain };
};
