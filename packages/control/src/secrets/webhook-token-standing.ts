/** Whether a text is one of a tenant's webhook tokens, of which only hashes are kept. */
import type { TenantId } from "@switchboard/routing/ids";
import type { Database } from "../database/database.ts";
import { hashToken } from "./tokens.ts";

/** `earlier`: replaced, and good until its grace ends. */
export type TokenStanding = "current" | "earlier" | "unknown";

/** Throws ControlError `unavailable`. */
export async function webhookTokenStanding({ breaker, prisma }: Database, tenantId: TenantId, text: string): Promise<TokenStanding> {
  const where = { tenantId, hash: Uint8Array.from(hashToken(text)) };
  const row = await breaker.run(() => prisma.webhookToken.findFirst({ where, select: { validUntil: true } }));
  if (row === null) return "unknown";
  if (row.validUntil === null) return "current";
  return row.validUntil > new Date() ? "earlier" : "unknown";
}
