/** Writes down as timed out what was never heard of again, and frees its capacity; run under the job lock, off the call path. */
import { tenantId } from "@switchboard/routing/ids";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys, tenantsKey } from "./keys.ts";
import type { Fence } from "./lock.ts";
import { sweepReply } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("sweep");

/** Per script run, so that no claim waits long behind one (about 10 µs each). */
const removedPerRun = 100;
/** Per tenant and sweep: what is left waits for the next. */
const runsPerTenant = 100;

export type SweepOutcome = { kind: "done"; removed: number } | { kind: "stale_fence" } | { kind: "no_epoch" };

export type Sweep = (partition: number, fence: Fence) => Promise<SweepOutcome>;

/** Safe to run twice at once; a holder whose lock was taken over is refused. */
export function createSweep(redis: RedisClient, clock?: TestClock): Sweep {
  const sweepTenant = async (id: string, fence: Fence): Promise<SweepOutcome> => {
    const tenant = tenantId(id);
    let removed = 0;
    for (let run = 0; run < runsPerTenant; run++) {
      const args = [clockArgument(clock), tenant, fence.job, fence.token, removedPerRun];
      const reply = sweepReply(await runScript(redis, script, tenantScriptKeys(tenant), args));
      removed += reply.removed;
      if (reply.kind === "stale_fence" || reply.kind === "no_epoch") return { kind: reply.kind };
      if (reply.kind === "done") break;
    }
    return { kind: "done", removed };
  };

  return async (partition, fence) => {
    let removed = 0;
    let cursor = "0";
    do {
      const [next, ids] = await redis.sscan(tenantsKey(partition), cursor, "COUNT", 100);
      for (const id of ids) {
        const outcome = await sweepTenant(id, fence);
        if (outcome.kind !== "done") return outcome;
        removed += outcome.removed;
      }
      cursor = next;
    } while (cursor !== "0");
    return { kind: "done", removed };
  };
}
