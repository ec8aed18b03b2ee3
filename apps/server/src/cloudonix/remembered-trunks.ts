/** The trunks as Cloudonix told them last, for answers that can't wait for it: asked for anew meanwhile. */
import type { TrunkList } from "@switchboard/api/schemas/cloudonix";
import type { TenantId } from "@switchboard/routing/ids";
import { createRemembered } from "../limits/remembered.ts";
import type { ReadTrunks } from "./trunks.ts";

/** A reader remembers them for a minute itself; so often at most it is troubled. */
const askedEveryMs = 10_000;

type Last = { list: TrunkList | null; askedAt: number };

/** `now` in milliseconds, never going back. */
export const createRememberedTrunks = (readTrunks: ReadTrunks, now: () => number) => {
  const last = createRemembered<Last>(1_000);
  const read: ReadTrunks = async (tenantId) => {
    const list = await readTrunks(tenantId);
    last.put(tenantId, { list, askedAt: now() });
    return list;
  };
  return {
    /** Throws ControlError `unavailable` when the database is away. */
    read,
    /** Null: never told since this process started. */
    remembered: (tenantId: TenantId): TrunkList | null => {
      const { list, askedAt } = last.get(tenantId) ?? { list: null, askedAt: null };
      if (askedAt === null || now() - askedAt >= askedEveryMs) {
        last.put(tenantId, { list, askedAt: now() });
        // Whoever opens the page of trunks is told why there are none.
        void read(tenantId).catch(() => undefined);
      }
      return list;
    },
  };
};
