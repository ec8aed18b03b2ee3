/** Gives up calls that the platform has not named twice in a row, as the sweep does with those of which nothing was heard. */
import type { CallId, TenantId } from "@switchboard/routing/ids";
import type { RedisClient } from "./client.ts";
import { tenantScriptKeys } from "./keys.ts";
import type { Fence } from "./lock.ts";
import { reconcileReply } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";

const script = loadScript("reconcile");

export type ReconcileOutcome = { kind: "done"; givenUp: number } | { kind: "stale_fence" | "too_soon" | "no_epoch" };

/** `missing`: all live calls that the platform did not name just now; at most 5,000. Throws when Redis does not answer. */
export type Reconcile = (tenantId: TenantId, missing: readonly CallId[], fence: Fence) => Promise<ReconcileOutcome>;

export function createReconcile(redis: RedisClient, clock?: TestClock): Reconcile {
  return async (tenantId, missing, fence) => {
    const args = [clockArgument(clock), tenantId, fence.job, fence.token, ...missing];
    const { kind, givenUp } = reconcileReply(await runScript(redis, script, tenantScriptKeys(tenantId), args));
    return kind === "done" ? { kind, givenUp } : { kind };
  };
}
