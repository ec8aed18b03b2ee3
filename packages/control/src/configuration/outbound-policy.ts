/** The outbound policy: to where nobody may dial out, and how many calls may. Enforced by the resolver and by the claim. */
import { type OutboundPolicyChange, outboundPolicyChange } from "@switchboard/routing/input/outbound-policy";
import { parsePrefix } from "@switchboard/routing/pattern";
import type { OutboundPolicy } from "@switchboard/routing/plan-source";
import { z } from "zod";
import { type Bound, type Change, changeConfiguration, type Changed, readInput, writeAudit } from "./change.ts";
import { ControlError } from "../control-error.ts";
import type { Prisma } from "../generated/client.ts";

export type SavedOutboundPolicy = OutboundPolicy & { version: number };

const denyList = z.array(z.string());
/** From the JSON of the column. */
export const readDeny = (json: unknown): string[] => denyList.parse(json);

export type OutboundPolicies = ReturnType<typeof createOutboundPolicy>;

export function createOutboundPolicy(bound: Bound) {
  const { database, tenantId } = bound;
  return {
    get: async (): Promise<SavedOutboundPolicy> => (await database.breaker.run(() => readPolicy(database.prisma, tenantId))).policy,
    /** Throws ControlError `stale`, `rule_broken` (an entry that can't be read). */
    update: (input: OutboundPolicyChange): Promise<Changed<SavedOutboundPolicy>> =>
      changeConfiguration(bound, (change) => updatePolicy(change, input)),
  };
}

async function readPolicy(prisma: Prisma.TransactionClient, id: string) {
  const row = await prisma.tenant.findUnique({
    where: { id },
    select: { country: true, outboundDeny: true, outboundMaxConcurrent: true, outboundMaxPerMinute: true, outboundPolicyVersion: true },
  });
  if (!row) throw new ControlError("not_found", "There is no such tenant.");
  const policy: SavedOutboundPolicy = {
    deny: row.outboundDeny === null ? [] : readDeny(row.outboundDeny),
    maxConcurrent: row.outboundMaxConcurrent,
    maxPerMinute: row.outboundMaxPerMinute,
    version: row.outboundPolicyVersion,
  };
  return { policy, country: row.country };
}

async function updatePolicy(change: Change, input: OutboundPolicyChange): Promise<SavedOutboundPolicy> {
  const { tx, tenantId } = change;
  const { version, deny, maxConcurrent, maxPerMinute } = readInput(outboundPolicyChange, input);
  const { policy: before, country } = await readPolicy(tx, tenantId);
  if (before.version !== version) throw new ControlError("stale", "Somebody changed the outbound policy in the meantime.");
  if (deny !== undefined) refuseUnreadable(deny, country);
  await tx.tenant.update({
    where: { id: tenantId },
    data: {
      ...(deny === undefined ? {} : { outboundDeny: [...new Set(deny)] }),
      ...(maxConcurrent === undefined ? {} : { outboundMaxConcurrent: maxConcurrent }),
      ...(maxPerMinute === undefined ? {} : { outboundMaxPerMinute: maxPerMinute }),
      outboundPolicyVersion: version + 1,
    },
  });
  const { policy: after } = await readPolicy(tx, tenantId);
  await writeAudit(change, {
    action: "outbound_policy.updated",
    targetType: "outbound_policy",
    targetId: tenantId,
    before: { ...before },
    after: { ...after },
  });
  return after;
}

function refuseUnreadable(deny: string[], country: string | null): void {
  const issues = deny.flatMap((entry, place) => {
    const parsed = parsePrefix(entry, country);
    return parsed.ok ? [] : [{ path: ["deny", place], message: parsed.message }];
  });
  if (issues.length > 0) throw new ControlError("rule_broken", issues.map(({ message }) => message).join(" "), { issues });
}
