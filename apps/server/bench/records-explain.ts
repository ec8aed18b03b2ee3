/** Which indexes the server's plan of a list's query uses, as it says itself. */
import { filterPlan } from "@switchboard/control/call-plan";
import type { CallRecordFilters } from "@switchboard/control/call-records";
import type { Database } from "@switchboard/control/database";
import type { TenantId } from "@switchboard/routing/ids";

export const indexesUsed = async (database: Database, tenantId: TenantId, filters: CallRecordFilters): Promise<string> => {
  const steps = await filterPlan(database, tenantId, filters);
  const scans = steps.filter(({ type }) => type === "ALL");
  if (scans.length > 0) return "A SCAN";
  const names = new Set(steps.flatMap(({ key }) => (key === null ? [] : [key.replace(/^call_/, "")])));
  return [...names].join(" + ") || "no row can match";
};
