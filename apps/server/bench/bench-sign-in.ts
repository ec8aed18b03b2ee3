/** Signs somebody in without a password, which would be hashed for longer than what is measured. */
import { createDatabase } from "@switchboard/control/database";
import { readKeyRing } from "@switchboard/control/key-ring";
import { startSession } from "@switchboard/control/sessions";
import type { TenantId, UserId } from "@switchboard/routing/ids";
import { createAccessTokens } from "../src/auth/access-token.ts";

/** An access token of a session that has just begun. */
export const signIn = async (
  databaseUrl: string,
  keyRing: string,
  { tenantId, userId }: { tenantId: TenantId; userId: UserId },
): Promise<string> => {
  const database = createDatabase(databaseUrl);
  try {
    const { sessionId } = await startSession(database, tenantId, userId);
    return await createAccessTokens(readKeyRing(keyRing).derive("jwt")).mint({ tenantId, sessionId });
  } finally {
    await database.close();
  }
};
