/** What the commands at the machine work with: the database, the key ring, and a word to running servers. */
import { once } from "node:events";
import { createDatabase } from "@switchboard/control/database";
import { migrate } from "@switchboard/control/migrate";
import { createPasswords } from "@switchboard/control/passwords";
import type { SessionsEnded } from "@switchboard/control/end-sessions";
import { createRedisClient } from "@switchboard/execution/client";
import { createPlanChannel, type PlanChange } from "@switchboard/execution/plan-channel";
import { createSessionChannel } from "@switchboard/execution/session-channel";
import type { RedisClient } from "@switchboard/execution/client";
import type { Config } from "../config.ts";
import { openKeyRing } from "../secret-keys.ts";

/** Running servers follow at once; one that doesn't hear it finds the change by polling. */
const tell = async ({ redis }: Config, publish: (client: RedisClient) => Promise<void>): Promise<void> => {
  if (!redis) return;
  const client = createRedisClient({ url: redis.nodes.join(","), cluster: redis.cluster, role: "jobs" });
  try {
    await once(client, "ready", { signal: AbortSignal.timeout(1_000) });
    await publish(client);
  } catch {
    process.stderr.write("Redis does not answer; running servers will find the change by themselves.\n");
  } finally {
    client.disconnect();
  }
};

export const openAdmin = async (config: Config) => {
  const { databaseUrl } = config;
  if (databaseUrl === null) throw new Error("DATABASE_URL is needed here (npm run admin brings it).");
  await migrate(databaseUrl);
  const database = createDatabase(databaseUrl);
  return {
    config,
    database,
    keyRing: openKeyRing(config.secretKeys, config.dataDir),
    passwords: createPasswords(),
    tellPlan: (change: PlanChange) =>
      tell(config, (client) => createPlanChannel({ publisher: client, subscriber: client }).publish(change)),
    tellSessions: (ended: SessionsEnded) =>
      tell(config, (client) => createSessionChannel({ publisher: client, subscriber: client }).publish(ended)),
    [Symbol.asyncDispose]: () => database.close(),
  };
};

export type Admin = Awaited<ReturnType<typeof openAdmin>>;
