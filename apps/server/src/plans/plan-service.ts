/** Keeps every tenant's plan current: loaded at the start, pushed on change, polled in case a push was missed. */
import { setTimeout as pause } from "node:timers/promises";
import type { DirectoryEntry } from "@switchboard/control/directory";
import type { PlanChange } from "@switchboard/execution/plan-channel";
import type { TenantId } from "@switchboard/routing/ids";
import { type Plan, patchPlan } from "@switchboard/routing/plan";
import type { PlanSource, RuleChange } from "@switchboard/routing/plan-source";
import type { Logger } from "../logger.ts";
import { compileSlowly } from "./compile-slowly.ts";
import type { Kept } from "./plan-snapshot.ts";
import { createTenants } from "./tenants.ts";

export type PlanServiceDeps = {
  loadDirectory: () => Promise<DirectoryEntry[]>;
  /** Given the plan so far, so that rules that say the same are not kept twice. */
  loadSource: (tenant: TenantId, before: Plan | undefined) => Promise<PlanSource | null>;
  loadRule: (tenant: TenantId, rule: NonNullable<PlanChange["rule"]>) => Promise<RuleChange>;
  /** The plans on disk, for a start without MySQL. */
  readKept: () => Promise<Kept[]>;
  /** The tenant's plan is not what was kept on disk any more. */
  onChange: (tenant: TenantId) => void;
  rememberReportBearer: (tenant: TenantId) => Promise<void>;
  now: () => number;
  logger: Logger;
};

const pollEveryMs = 2_000;
const patienceMs = 1_000;

export type PlanService = ReturnType<typeof createPlanService>;

export const createPlanService = (deps: PlanServiceDeps) => {
  const { logger } = deps;
  let loadedAt: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  // Loads follow each other: a late answer can't overtake a newer one.
  let queue: Promise<void> = Promise.resolve();

  const tenants = createTenants((id) => {
    deps.rememberReportBearer(id).catch((error) => logger.warn({ event: "bearer_not_remembered", tenant: id, err: error }));
  });

  const put = async ({ entry: listed, source }: Kept) => {
    const { planVersion: _, ...entry } = listed;
    const known = tenants.lookUp.byId(listed.id);
    const plan = await compileSlowly(source, known?.plan ?? null);
    tenants.put({ ...entry, reportsCarryBearer: entry.reportsCarryBearer || known?.reportsCarryBearer === true, plan });
  };

  /** True when the change was one rule and the plan is otherwise current, so that the rule alone was put in. */
  const patch = async (change: PlanChange): Promise<boolean> => {
    const plan = tenants.lookUp.byId(change.tenantId)?.plan;
    if (!plan || !change.rule || plan.version !== change.version - 1) return false;
    patchPlan(plan, await deps.loadRule(change.tenantId, change.rule), change.version);
    return true;
  };

  const refresh = async (change: PlanChange | null) => {
    // Heard twice: from whoever made it in this process, and from Redis.
    if (change && (tenants.lookUp.byId(change.tenantId)?.plan.version ?? 0) >= change.version) return;
    if (change && (await patch(change))) return deps.onChange(change.tenantId);
    const listed = await deps.loadDirectory();
    const present = new Set(listed.map((entry) => entry.id));
    for (const { id } of tenants.all()) {
      if (present.has(id)) continue;
      tenants.remove(id);
      deps.onChange(id);
    }
    for (const entry of listed) {
      const before = tenants.lookUp.byId(entry.id)?.plan;
      if (before?.version === entry.planVersion) continue;
      const source = await deps.loadSource(entry.id, before);
      if (source) await put({ entry, source });
      deps.onChange(entry.id);
    }
    loadedAt = deps.now();
  };

  const enqueue = (work: () => Promise<void>): Promise<void> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  const poll = async () => {
    await enqueue(() => refresh(null)).catch((error) => logger.warn({ event: "plans_not_read", err: error }));
    if (!stopped) timer = setTimeout(() => void poll(), pollEveryMs);
  };

  const startFromDisk = async (kept: Kept[]) => {
    for (const one of kept) {
      // Read from MySQL after all, in the meantime.
      if (loadedAt !== null) return;
      if (!tenants.lookUp.byId(one.entry.id)) await put(one);
    }
    loadedAt = deps.now();
    logger.warn({ event: "plans_from_disk", tenants: kept.length }, "mysql is away: answering with the plans kept on disk");
  };

  return {
    tenants: tenants.lookUp,
    ids: () => tenants.all().map((entry) => entry.id),
    /** Has any configuration been read? */
    ready: () => loadedAt !== null,
    ageSeconds: () => (loadedAt === null ? null : Math.round((deps.now() - loadedAt) / 1_000)),
    /**
     * Reads everything once the database is prepared, and keeps polling. With plans on disk nobody waits long for a MySQL that
     * doesn't answer; without them there is nothing to do but wait.
     */
    start: async (databasePrepared: Promise<void>) => {
      const first = databasePrepared.then(poll);
      const patience = pause(patienceMs, undefined, { ref: false });
      // Whatever becomes of it is heard below, once the disk has been read.
      first.catch(() => undefined);
      const kept = await deps.readKept();
      await (kept.length === 0 ? first : Promise.race([first, patience]));
      if (loadedAt === null && kept.length > 0) await startFromDisk(kept);
    },
    /** Somebody changed a tenant: this process follows now. */
    changed: (change: PlanChange) => enqueue(() => refresh(change)),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
