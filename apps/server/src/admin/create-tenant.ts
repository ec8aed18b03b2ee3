/** `create-tenant`: a tenant with its first admin. */
import { createTenant } from "@switchboard/control/tenants";
import { webhooksOf } from "../first-run.ts";
import { type AdminCommand, missing } from "./options.ts";

export const createTenantCommand: AdminCommand = async (admin, options) => {
  const { domain, email, password, name, country, alias } = options;
  if (domain === undefined || email === undefined || password === undefined) throw missing({ domain, email, password });
  const input = {
    ...{ domain, email, password },
    ...(name ? { name } : {}),
    ...(country ? { country } : {}),
    ...(alias ? { aliases: alias } : {}),
  };
  const { tenantId, tenantKey, webhookToken, domain: stored } = await createTenant(admin, input);
  await admin.tellPlan({ tenantId, version: 1, rule: null });
  return { tenantKey, webhookToken, domain: stored, webhooks: webhooksOf(admin.config.publicUrl, tenantKey) };
};
