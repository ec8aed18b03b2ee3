/** Tells every process that sign-ins have ended, so that none of them goes on from what it remembers. */
import type { TenantId, UserId } from "@switchboard/routing/ids";
import { type Channel, createChannel } from "./channel.ts";
import type { RedisClient } from "./client.ts";
import { sessionChannel } from "./keys.ts";

/** `sessionId` null: any of the person's sessions may have ended. */
export type SessionsEnded = { tenantId: TenantId; userId: UserId; sessionId: string | null };

/** What was said while Redis was away shows within a second all the same, by asking MySQL. */
export const createSessionChannel = (redis: { publisher: RedisClient; subscriber: RedisClient }): Channel<SessionsEnded> =>
  createChannel(redis, sessionChannel);
