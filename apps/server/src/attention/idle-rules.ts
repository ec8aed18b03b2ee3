/** Rules that no call has ever matched: looked for once a minute, since that is a walk along all of them and old news anyway. */
import type { IdleRule } from "@switchboard/control/idle-rules";
import type { TenantId } from "@switchboard/routing/ids";

const freshMs = 60_000;

type Known = { at: number; rules: Promise<IdleRule[]> };

/** What can't be read is told as none, and not remembered. */
export const createIdleRules = (now: () => number) => {
  const known = new Map<TenantId, Known>();
  return (tenant: TenantId, read: () => Promise<IdleRule[]>): Promise<IdleRule[]> => {
    const last = known.get(tenant);
    if (last !== undefined && now() - last.at < freshMs) return last.rules;
    const rules = read().catch(() => {
      known.delete(tenant);
      return [];
    });
    known.set(tenant, { at: now(), rules });
    return rules;
  };
};
