/** What the comparison of connected domains with Cloudonix found, kept until the next one. */
import { type TenantId, tenantId } from "@switchboard/routing/ids";
import type { ConnectionDifference } from "./cloudonix-connection.ts";
import type { Database } from "../database/database.ts";
import { Prisma } from "../generated/client.ts";

/** Connected tenants that were not compared since, the longest ago first. Throws ControlError `unavailable`. */
export async function dueConnections({ breaker, prisma }: Database, since: Date, most: number): Promise<TenantId[]> {
  const rows = await breaker.run(() =>
    prisma.cloudonixConnection.findMany({
      where: { state: "connected", OR: [{ checkedAt: null }, { checkedAt: { lt: since } }] },
      orderBy: { checkedAt: "asc" },
      take: most,
      select: { id: true },
    }),
  );
  return rows.map(({ id }) => tenantId(id));
}

export type Comparison = { at: Date } & ({ failure: string } | { differences: ConnectionDifference[] });

/** A comparison that failed leaves what was found before; "since" stays for as long as anything differs. */
export async function noteComparison({ breaker, prisma }: Database, tenant: TenantId, comparison: Comparison): Promise<void> {
  const { at } = comparison;
  // Whoever changed it meanwhile knows better.
  const where = { id: tenant, state: "connected", changedAt: { lt: at } };
  await breaker.run(async () => {
    if ("failure" in comparison) {
      await prisma.cloudonixConnection.updateMany({ where, data: { checkedAt: at, checkFailure: comparison.failure.slice(0, 500) } });
      return;
    }
    const { differences } = comparison;
    const checked = { checkedAt: at, checkFailure: null };
    if (differences.length === 0) {
      await prisma.cloudonixConnection.updateMany({ where, data: { ...checked, drift: Prisma.DbNull, driftSince: null } });
      return;
    }
    await prisma.cloudonixConnection.updateMany({ where, data: { ...checked, drift: differences } });
    await prisma.cloudonixConnection.updateMany({ where: { ...where, driftSince: null }, data: { driftSince: at } });
  });
}

/** Milliseconds; null: the domain is as it was set, as far as is known, or not connected. Throws ControlError `unavailable`. */
export async function readDrift({ breaker, prisma }: Database, tenant: TenantId): Promise<{ domain: string; since: number } | null> {
  const where = { id: tenant, state: "connected", driftSince: { not: null } };
  const row = await breaker.run(() => prisma.cloudonixConnection.findFirst({ where, select: { domain: true, driftSince: true } }));
  return row?.driftSince ? { domain: row.domain, since: row.driftSince.getTime() } : null;
}
