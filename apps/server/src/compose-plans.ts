/** The plans in memory and their sealed copy on disk, fed from MySQL. */
import { join } from "node:path";
import type { Database } from "@switchboard/control/database";
import { loadDirectory, rememberReportBearer } from "@switchboard/control/directory";
import type { KeyRing } from "@switchboard/control/key-ring";
import { loadPlanSource, loadRule } from "@switchboard/control/plan-source";
import type { TenantId } from "@switchboard/routing/ids";
import type { Logger } from "./logger.ts";
import { createPlanService } from "./plans/plan-service.ts";
import { createPlanSnapshot, type Kept } from "./plans/plan-snapshot.ts";

export type PlansDeps = { dataDir: string; database: Database; keyRing: KeyRing; now: () => number; logger: Logger };

export const composePlans = ({ dataDir, database, keyRing, now, logger }: PlansDeps) => {
  const loadKept = async (tenant: TenantId): Promise<Kept | null> => {
    const entry = plans.tenants.byId(tenant);
    const source = entry && (await loadPlanSource(database, keyRing, tenant, entry.plan));
    if (!entry || !source) return null;
    const { plan: _, ...listed } = entry;
    return { entry: { ...listed, planVersion: source.version }, source };
  };
  const snapshot = createPlanSnapshot({
    directory: join(dataDir, "plans"),
    keys: keyRing.derive("plan-snapshot"),
    load: loadKept,
    logger,
  });
  const plans = createPlanService({
    loadDirectory: () => loadDirectory(database),
    loadSource: (tenant, before) => loadPlanSource(database, keyRing, tenant, before),
    loadRule: (tenant, rule) => loadRule(database, tenant, rule),
    readKept: snapshot.readAll,
    onChange: snapshot.changed,
    rememberReportBearer: (tenant) => rememberReportBearer(database, tenant),
    now,
    logger,
  });
  return { plans, snapshot };
};
