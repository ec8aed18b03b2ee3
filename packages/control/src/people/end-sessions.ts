/** Ends what a person is signed in with, within the change that is the reason for it. */
import type { TenantId, UserId } from "@switchboard/routing/ids";
import type { Change } from "../configuration/change.ts";

/** Sign-ins that are over; `sessionId` null: all of the person's but perhaps the one they changed their password with. */
export type SessionsEnded = { tenantId: TenantId; userId: UserId; sessionId: string | null };

/** All but `kept`. */
export async function endSessionsOf({ tx, tenantId, at }: Change, userId: UserId, kept: string | null): Promise<void> {
  const others = kept === null ? {} : { id: { not: kept } };
  await tx.session.updateMany({ where: { tenantId, userId, revokedAt: null, ...others }, data: { revokedAt: at } });
}
