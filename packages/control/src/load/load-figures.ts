/** The figures of a load, added up while its calls are made: to count them from millions of records again would take longer than to write them. */
import type { CallAttempt, CallProjection } from "@switchboard/routing/call-projection";
import type { TenantId } from "@switchboard/routing/ids";
import type { Connection } from "mariadb";
import type { Providers } from "../figures/agent-providers.ts";
import { contributionOf } from "../figures/contribution.ts";
import { countDials } from "../figures/count-dials.ts";
import { byHour } from "../figures/dial-slots.ts";
import { countedCall } from "../figures/counted-call.ts";
import { bucketMs, floorTo, isWritten, keptMs } from "../figures/rollup-buckets.ts";
import { createTally } from "../figures/rollup-tally.ts";
import { addRollups } from "../figures/write-rollups.ts";
import { refreshRuleHits } from "../figures/write-rule-hits.ts";
import { addSketches } from "../figures/write-sketches.ts";

const rowsAtOnce = 10_000;
/** The longest window that shares are looked at over. */
const dialsCountedMs = 168 * bucketMs.hour;

export function createLoadFigures(tenantId: TenantId, providers: Providers, nowMs: number) {
  const tally = createTally();
  const rules = new Set<string>();
  /** Dials of one agent for one target in one slot of time, which are counted alike. */
  const dials = new Map<string, { first: CallProjection; attempt: CallAttempt; times: number }>();
  /** Before that no minutes are kept, and hours are all that is remembered here. */
  const minutesSince = nowMs - keptMs.minute - bucketMs.hour;

  const addDials = (call: CallProjection): void => {
    for (const attempt of call.attempts) {
      const key = `${attempt.targetId} ${attempt.agentId} ${Math.floor(attempt.startedAt / byHour.slotMs)}`;
      const known = dials.get(key);
      if (known) known.times += 1;
      else dials.set(key, { first: call, attempt, times: 1 });
    }
  };

  return {
    add(call: CallProjection, startedAt: Date): void {
      const contribution = contributionOf(countedCall(call, startedAt, providers));
      if (contribution === null) return;
      if (startedAt.getTime() > nowMs - dialsCountedMs) addDials(call);
      const { startedAtMs, ruleId } = contribution;
      if (ruleId !== null) rules.add(ruleId);
      tally.add(tenantId, startedAtMs < minutesSince ? { ...contribution, startedAtMs: floorTo("hour", startedAtMs) } : contribution, 1);
    },
    /** In one transaction, which the caller ends. */
    async write(connection: Connection): Promise<void> {
      const { rollups, sketches } = tally.rows((size, startMs) => isWritten(size, startMs, nowMs));
      for (let start = 0; start < rollups.length; start += rowsAtOnce)
        await addRollups(connection, rollups.slice(start, start + rowsAtOnce));
      for (let start = 0; start < sketches.length; start += rowsAtOnce)
        await addSketches(connection, sketches.slice(start, start + rowsAtOnce));
      const counted = [...dials.values()].map(({ first, attempt, times }) => ({
        ...{ tenantId, before: null },
        now: { ...first, attempts: Array.from({ length: times }, () => attempt) },
      }));
      for (let start = 0; start < counted.length; start += rowsAtOnce)
        await countDials(connection, counted.slice(start, start + rowsAtOnce));
      await refreshRuleHits(connection, tenantId, [...rules]);
    },
  };
}
