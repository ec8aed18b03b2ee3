/** What opens the webhook door for a test call: one call of one tenant, for a minute. */
import { type TenantId, tenantId } from "@switchboard/routing/ids";
import { z } from "zod";
import { createSignedTexts, type FindKey, type SigningKey } from "./signed-text.ts";

export type TestToken = { tenantId: TenantId; session: string };

export const testTokenSeconds = 60;

/** No other bearer begins so: whoever brings one of those is not made to wait for a signature. */
const prefix = "test.";

const payloadSchema = z.tuple([z.string(), z.string(), z.int()]);

export type TestTokens = ReturnType<typeof createTestTokens>;

/** `now` in milliseconds. */
export const createTestTokens = (keys: readonly SigningKey[], find?: FindKey) => {
  const texts = createSignedTexts(keys, find);
  return {
    mint: ({ tenantId: tenant, session }: TestToken, now: number): string => {
      const payload: z.input<typeof payloadSchema> = [tenant, session, now + testTokenSeconds * 1_000];
      return prefix + texts.sign(JSON.stringify(payload));
    },
    /** Null for anything that is not such a token, or not any more. */
    read: (token: string, now: number): TestToken | null => {
      const text = token.startsWith(prefix) ? texts.read(token.slice(prefix.length)) : null;
      const payload = text === null ? null : payloadSchema.safeParse(JSON.parse(text));
      if (!payload?.success) return null;
      const [tenant, session, expiresAt] = payload.data;
      return expiresAt < now ? null : { tenantId: tenantId(tenant), session };
    },
  };
};
