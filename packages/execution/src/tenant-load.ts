/** How many calls a tenant has on the line at this moment. */
import type { TenantId } from "@switchboard/routing/ids";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("tenant-load");

/** `live`: every call that has not ended; `atAgents`: those that hold an agent's capacity, which is what a tenant's cap counts. */
export type ReadTenantLoad = (tenantId: TenantId) => Promise<{ live: number; atAgents: number }>;

export function createReadTenantLoad(redis: RedisClient, clock?: TestClock): ReadTenantLoad {
  return async (tenantId) => {
    const reply = await runScript(redis, script, tenantScriptKeys(tenantId), [clockArgument(clock), tenantId]);
    if (!Array.isArray(reply)) throw new Error("Redis script tenant-load answered no load");
    return { live: Number(reply[0]), atAgents: Number(reply[1]) };
  };
}
