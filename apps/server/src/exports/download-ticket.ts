/** What opens one download once: signed, for a minute, and worth nothing when the sign-in that asked for it has ended. */
import { randomUUID } from "node:crypto";
import { type TenantId, tenantId } from "@switchboard/routing/ids";
import { z } from "zod";
import { createSignedTexts, type FindKey, type SigningKey } from "../webhook/signed-text.ts";

export type TicketSubject = { tenantId: TenantId; sessionId: string; exportId: string };
/** `nonce`: by which it is known that it was used. */
export type Ticket = TicketSubject & { nonce: string };

export const ticketMs = 60_000;

const payloadSchema = z.tuple([z.string(), z.string(), z.string(), z.string(), z.int()]);

export type DownloadTickets = ReturnType<typeof createDownloadTickets>;

/** `now` in milliseconds. */
export const createDownloadTickets = (keys: readonly SigningKey[], find?: FindKey) => {
  const texts = createSignedTexts(keys, find);
  return {
    mint: ({ tenantId: tenant, sessionId, exportId }: TicketSubject, now: number): string => {
      const payload: z.input<typeof payloadSchema> = [tenant, sessionId, exportId, randomUUID(), now + ticketMs];
      return texts.sign(JSON.stringify(payload));
    },
    /** Null for anything that is not such a ticket, or not any more. */
    read: (text: string, now: number): Ticket | null => {
      const signed = texts.read(text);
      const payload = signed === null ? null : payloadSchema.safeParse(JSON.parse(signed));
      if (!payload?.success) return null;
      const [tenant, sessionId, exportId, nonce, expiresAt] = payload.data;
      return expiresAt < now ? null : { tenantId: tenantId(tenant), sessionId, exportId, nonce };
    },
  };
};
