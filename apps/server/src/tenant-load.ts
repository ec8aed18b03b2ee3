/** How much of its capacity a tenant uses now: the plan says what there is, Redis what is used. */
import type { TenantLoad } from "@switchboard/api/schemas/tenant-load";
import type { ReadTenantLoad } from "@switchboard/execution/tenant-load";
import type { TenantId } from "@switchboard/routing/ids";
import type { Plan } from "@switchboard/routing/plan";
import { fromRedis } from "./live-figures.ts";

export type TenantLoadParts = {
  tenantId: TenantId;
  plan: () => Plan | undefined;
  redisDecides: () => boolean;
  readLoad: ReadTenantLoad;
};

const capacityOf = ({ agents }: Plan): number | null => {
  let sum = 0;
  for (const { enabled, capacity } of agents.values()) {
    if (!enabled) continue;
    if (capacity === null) return null;
    sum += capacity;
  }
  return sum;
};

/** Throws ControlError `unavailable`. */
export const createTenantLoad =
  ({ tenantId, plan, redisDecides, readLoad }: TenantLoadParts) =>
  (): Promise<TenantLoad> =>
    fromRedis(redisDecides, async () => {
      const of = plan();
      if (of === undefined) return null;
      const { live, atAgents } = await readLoad(tenantId);
      const { maxConcurrentCalls } = of.tenant;
      return { activeCalls: atAgents, maxConcurrentCalls, agentCapacity: capacityOf(of), liveCalls: live };
    });
