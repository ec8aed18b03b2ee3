/** `rebuild-analytics`: the figures of one tenant's calls, or of everybody's, made anew from the records beside running servers. */
import { rebuildAnalytics } from "@switchboard/control/rebuild-analytics";
import { findTenantByDomain, listTenants } from "@switchboard/control/tenants";
import { whileAlone } from "@switchboard/control/while-alone";
import { partitionOf } from "@switchboard/execution/keys";
import type { AdminCommand } from "./options.ts";

export const rebuildAnalyticsCommand: AdminCommand = async ({ database }, { domain }) =>
  whileAlone(database, "rebuild-analytics", async () => {
    const only = domain === undefined ? null : await findTenantByDomain(database, domain);
    if (domain !== undefined && only === null) throw new Error(`No tenant has the domain ${domain}.`);
    const tenants = (await listTenants(database)).filter(({ tenantId }) => only === null || tenantId === only);
    const { signal } = new AbortController();
    const rebuilt: { domain: string; calls: number }[] = [];
    for (const { tenantId, domain: named } of tenants) {
      const onDay = (day: Date, calls: number) =>
        void process.stderr.write(`${named}: ${day.toISOString().slice(0, 10)} and later, ${calls.toLocaleString("en-US")} calls\n`);
      const calls = await rebuildAnalytics(database, { tenantId, partition: partitionOf(tenantId) }, { onDay, signal });
      rebuilt.push({ domain: named, calls });
    }
    return { rebuilt };
  });
